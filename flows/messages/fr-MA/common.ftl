### Ce qui sert à toutes les conversations.

common-question = ({ $number }/{ $of }) { $text }
common-hello = Bonjour !
common-welcome-back =
    Heureux de vous retrouver{ $hasname ->
        [yes] , { $name }
       *[no] { "" }
    } ! Nous reprenons où nous en étions.
    .home =
        Heureux de vous retrouver{ $hasname ->
            [yes] , { $name }
           *[no] { "" }
        } ! Que puis-je faire pour vous ?
    .only =
        Heureux de vous retrouver{ $hasname ->
            [yes] , { $name }
           *[no] { "" }
        } !
common-noted = C'est noté. { $facts }.
common-fact = { $label } : { $value }
common-corrected = C'est corrigé : { $value }.
common-which = Laquelle de ces réponses est la vôtre ?
common-is-it = Est-ce bien cela ?
common-picked = { $picked } : noté. Autre chose ?
common-done = C'est tout
common-skip = Passer
common-field = • { $label } : { $value }
common-item = • { $item }
common-rated = { $item } { $rating }/5
common-window = { $days } { $start }-{ $end }
common-review = Une vérification
    .yes = Tout est juste
    .fix = Corriger
common-fix-which = Que voulez-vous corriger ?
common-how-to-fix = Pour corriger une réponse, dites-la simplement : « changer la ville », « non, c'est Fès ».
common-command = À tout moment
    .back = Corriger
    .mentee_profile = Mon projet
    .mentor_profile = Profil de mentor
    .change_language = العربية / English
    .running_late = Je serai en retard
    .reschedule_session = Déplacer
    .cancel_session = Annuler
common-help = À tout moment : RETOUR (question d'avant), PASSER (sans répondre), LANGUE, HUMAIN (une personne vous répond), STOP (plus aucun message).
common-no-back = C'est la première question.
common-no-skip = Cette réponse est nécessaire pour la suite.
common-not-understood = Je n'ai pas compris. Voici ce que je peux faire pour vous :
common-did-you-mean = Je ne suis pas sûr d'avoir compris. Est-ce l'un de ces points ?
common-promise = Je n'arrive pas à vous comprendre, et c'est ma faute. Une personne de l'équipe vous répondra ici, en général sous un jour ouvré. Vous pouvez aussi réessayer.
common-human = C'est transmis : une personne de l'équipe vous répondra ici, en général sous un jour ouvré. Vos réponses sont gardées.
common-problem = Merci de l'avoir dit. Une personne de l'équipe lit votre message en priorité et vous répond ici. Cela reste confidentiel.
common-voice = Je ne sais pas encore écouter les messages vocaux. Écrivez quelques mots, ou HUMAIN pour qu'une personne vous réponde.
common-media = Je ne peux pas lire les photos ni les fichiers. Écrivez-moi en quelques mots.
common-no-location = Merci. Je n'ai pas besoin de votre position pour l'instant.
common-linked = Merci, votre numéro est confirmé. Vos réponses vous suivent si vous changez d'application.
common-expired = Ce choix n'est plus valable. Voici où nous en sommes :
common-answered = C'était déjà répondu : { $value }.
common-to-change = Pour changer, écrivez « changer { $label } ».
common-later = Cette question vient un peu plus loin.
common-most = J'ai gardé { $picked }.
common-stopped = C'est fait : plus de messages de Mentoring MeM. Vos réponses restent gardées (EFFACER pour tout effacer). Pour revenir, écrivez START. Merci et bonne route !
common-resumed = C'est reparti. Heureux de vous retrouver !
common-left = D'accord, on laisse cela.
common-paused = D'accord, on s'arrête là. Vos réponses sont gardées : écrivez REPRENDRE quand vous voulez continuer.
common-thanks = Avec plaisir !
common-goodbye = À bientôt ! Écrivez-moi quand vous voulez.
common-registered = Vous êtes déjà des nôtres. Que puis-je faire pour vous ?
common-contact = Vos coordonnées sont gardées comme convenu. Pour tout effacer, écrivez EFFACER.
common-admitted = Bonne nouvelle : l'équipe a accepté votre inscription. On continue !
common-merged = J'ai retrouvé vos réponses, nous continuons ici.
common-choose = Choisir
common-share = Partager
    .location = Partager ma position
    .contact = Mon numéro (facultatif)
common-listed = (Votre nom figure sur une liste remise au programme : des réponses sont déjà remplies, vous les vérifierez. Si vous dites non, elles sont effacées.)
