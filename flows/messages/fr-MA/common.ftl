### Ce qui sert à toutes les conversations.

common-question = ({ $number }/{ $of }) { $text }
common-hello = Bonjour !
common-welcome-back = Heureux de vous retrouver{ $hasname ->
    [yes] , { $name }
   *[no] {""}
} ! Nous reprenons où nous en étions.
common-noted = Bien noté : { $facts }.
common-fact = { $label } : { $value }
common-corrected = C'est corrigé : { $value }.
common-which = Laquelle de ces réponses est la vôtre ?
common-picked = { $picked } : noté. Autre chose ?
common-done = C'est tout
common-skip = Passer
common-field = • { $label } : { $value }
common-rated = { $item } { $rating }/5
common-window = { $days } { $start }-{ $end }
common-review = Une vérification
    .yes = Tout est juste
    .fix = Corriger
common-fix-which = Que voulez-vous corriger ?
common-how-to-fix = Pour corriger une réponse, dites-la simplement : « changer la ville », « non, c'est Fès ».
common-command = À tout moment
    .change_language = العربية / English
common-help = À tout moment : RETOUR pour la question d'avant, PASSER, LANGUE, HUMAIN pour parler à une personne, STOP pour tout arrêter.
common-no-back = C'est la première question.
common-no-skip = Cette réponse est nécessaire pour la suite.
common-not-understood = Je n'ai pas compris. Voici ce que je peux faire pour vous :
common-promise = Je n'arrive pas à vous comprendre, et c'est ma faute. Une personne de l'équipe lira notre échange et vous répondra ici. Vous pouvez aussi réessayer quand vous voulez.
common-human = C'est transmis : une personne de l'équipe vous répondra ici, en général sous un jour ouvré. Vos réponses sont gardées.
common-problem = Merci de l'avoir dit. Une personne de l'équipe lit votre message en priorité et vous répond ici. Cela reste confidentiel.
common-voice = Je ne sais pas encore écouter les messages vocaux. Écrivez quelques mots, ou HUMAIN pour qu'une personne vous réponde.
common-media = Je ne peux pas lire les photos ni les fichiers. Écrivez-moi en quelques mots.
common-no-location = Merci. Je n'ai pas besoin de votre position pour l'instant.
common-linked = Merci, votre numéro est confirmé : c'est la même conversation sur tous vos appareils.
common-expired = Ce choix n'est plus valable. Voici où nous en sommes :
common-answered = C'était déjà répondu : { $value }. Pour changer, écrivez par exemple « changer ». Nous en étions à :
common-stopped = C'est fait : vous ne recevrez plus de messages de Mentoring MeM. Pour revenir, écrivez START. Merci d'être passé nous voir.
common-resumed = C'est reparti. Heureux de vous retrouver !
common-left = D'accord, on laisse cela.
common-paused = D'accord, on s'arrête là. Vos réponses sont gardées : écrivez REPRENDRE quand vous voulez continuer.
common-thanks = Avec plaisir !
common-goodbye = À bientôt ! Écrivez-moi quand vous voulez.
common-registered = Vous êtes déjà des nôtres. Que puis-je faire pour vous ?
common-contact = Vos coordonnées sont gardées comme convenu. Pour tout effacer, écrivez EFFACER.
common-unfinished = Il reste quelques questions pour vous trouver un mentor. On continue ? STOP si vous ne voulez plus de messages.
common-admitted = Bonne nouvelle : l'équipe a accepté votre inscription. On continue !
common-merged = J'ai retrouvé vos réponses, nous continuons ici.
common-choose = Choisir
