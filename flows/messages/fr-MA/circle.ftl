### Bien conclure un accompagnement, transmettre à son tour, donner des nouvelles.

closing-void = Cet accompagnement est déjà terminé.
closing-ready = { $why ->
        [held] { $held ->
            [one] Déjà { $held } séance avec { $partner } : merci à vous deux !
           *[other] Déjà { $held } séances avec { $partner } : quel chemin !
        }
       *[asked] Pour { $partner }, votre objectif est atteint.
    } Voulez-vous conclure cet accompagnement ? Un court bilan, puis un mot pour { $partner }.
    .yes = Oui, concluons
    .not_yet = Non, continuer
    .retry = Répondez OUI pour conclure, NON pour continuer.
    .help = Conclure, c'est regarder le chemin parcouru et se dire merci. Vous pouvez aussi continuer : rien ne change.
closing-go_on = Très bien, vous continuez. Je le dis à { $partner }.
closing-needs = Besoins
    .finance = { onboarding-needs.finance }
    .marketing = { onboarding-needs.marketing }
    .sales = { onboarding-needs.sales }
    .digital = { onboarding-needs.digital }
    .legal = { onboarding-needs.legal }
    .hr = { onboarding-needs.hr }
    .operations = { onboarding-needs.operations }
    .export = { onboarding-needs.export }
    .fundraising = { onboarding-needs.fundraising }
    .strategy = { onboarding-needs.strategy }
closing-levels =
    La même question qu'au début : de 1 (je débute) à 5 (je maîtrise), où en êtes-vous aujourd'hui ?
    { $count ->
        [one] Un chiffre suffit.
       *[other] Répondez par { $count } chiffres, dans cet ordre, par exemple : { $example }.
    }
    .field = Niveau
    .retry =
        { $count ->
            [one] Répondez par un chiffre de 1 à 5.
           *[other] Répondez par { $count } chiffres de 1 à 5, dans cet ordre, par exemple : { $example }.
        }
    .help = Ce n'est pas un examen : on regarde ce qui a bougé depuis le début. Un chiffre de 1 à 5 par sujet, dans l'ordre, ou PASSER.
closing-formalised = Votre activité est-elle enregistrée aujourd'hui (auto-entrepreneur, registre de commerce ou coopérative) ?
    .yes = Oui
    .ongoing = C'est en cours
    .no = Pas encore
    .retry = Choisissez un numéro, ou PASSER.
    .help = Aucune réponse n'est mauvaise. Votre mentor ne la voit pas.
closing-customers = Combien de nouveaux clients avez-vous eus { $since ->
        [last] depuis la dernière fois
       *[start] depuis le début de l'accompagnement
    } ? Un nombre, même 0, ou PASSER.
    .retry = Écrivez un nombre, par exemple : 12. Aucun : 0. Ou PASSER.
    .help = Un nombre à peu près juste suffit. Votre mentor ne le voit pas.
closing-funding = Avez-vous obtenu de l'argent pour votre activité { $since ->
        [last] depuis la dernière fois
       *[start] depuis le début de l'accompagnement
    } ?
    .none = Non
    .loan = Oui, un prêt
    .grant = Oui, une aide
    .investor = Oui, un investisseur
    .other = Oui, autrement
    .retry = Choisissez un numéro, ou PASSER.
    .help = Je ne demande ni le montant ni de qui. Votre mentor ne voit pas la réponse.
closing-jobs = Combien de personnes travaillent avec vous aujourd'hui, sans vous compter ? Un nombre, ou PASSER.
    .retry = Écrivez un nombre, par exemple : 2. Personne : 0. Ou PASSER.
    .help = À temps plein ou non, de la famille ou non : comptez toutes les personnes qui travaillent avec vous.
closing-revenue = Dans un mois ordinaire, pour combien vendez-vous en tout ?
    .none = Pas encore de ventes
    .b1 = Moins de 3 000 DH
    .b2 = De 3 000 à 10 000 DH
    .b3 = De 10 000 à 50 000 DH
    .b4 = Plus de 50 000 DH
    .retry = Choisissez un numéro, ou PASSER.
    .help = À peu près suffit. Cela sert seulement à voir ce que le mentorat change ; votre mentor ne le voit pas.
closing-thanks = Pour finir, un mot pour { $partner } ? Je le transmets tel quel.
    .retry = Écrivez votre mot, ou PASSER.
    .help = Par exemple : merci, grâce à vous je sais fixer mes prix.
closing-rose = { $skill } (de { $before } à { $after })
closing-done = Bravo pour le chemin parcouru avec { $partner }{ $hasrisen ->
        [yes] {" "}: { $rose }.
       *[no] .
    }{ $thanked ->
        [yes] {" "}Votre mot est transmis.
       *[no] {""}
    } Dans trois mois, je vous demanderai de vos nouvelles.
closing-over = L'accompagnement avec { $partner } est maintenant terminé. Merci pour ce chemin fait ensemble. Si vous voulez transmettre à votre tour, écrivez « devenir mentor ».
closing-again = Bonjour{ $hasname ->
        [yes] {" "}{ $name }
       *[no] {""}
    } ! { $months ->
        [one] { $months } mois a passé
       *[other] { $months } mois ont passé
    } depuis la fin de votre accompagnement. Comment va votre activité ? Cinq questions courtes au plus ; vous pouvez en passer.
    .yes = D'accord
    .not_now = Pas cette fois
    .never = Ne plus demander
    .retry = Répondez 1 pour donner des nouvelles, 2 pour une autre fois, 3 pour ne plus avoir ces questions.
    .help = Vos nouvelles montrent ce que le mentorat change avec le temps. Votre mentor ne les voit pas.
closing-never = C'est noté : je ne vous poserai plus ces questions. Bonne route !
closing-not_now = D'accord, une autre fois. Bonne route !
closing-noted = Merci, c'est noté ! Ces nouvelles aident les prochaines personnes que nous accompagnerons. Bonne route !
give_back-answer = Quelqu'un vous a transmis son expérience. Voulez-vous transmettre la vôtre à une personne qui commence ? Comptez deux heures par mois.
    .yes = Oui, maintenant
    .later = Plus tard
    .no = Non merci
    .retry = Répondez 1 pour oui, 2 pour plus tard, 3 pour non.
    .help = Il n'est pas nécessaire de tout savoir : ce que vous venez d'apprendre aide déjà quelqu'un qui débute. C'est bénévole.
give_back-put_off = Avec plaisir : je vous en reparle dans un mois.
give_back-kept = C'est entendu, et merci pour ce chemin fait ensemble. Si l'envie vient un jour, écrivez « devenir mentor ».
give_back-already = Merci de faire vivre ce cercle.
mentor_closing-held = { $held ->
        [one] Déjà { $held } séance avec { $partner } : merci !
       *[other] Déjà { $held } séances avec { $partner } : merci !
    } Je lui propose de conclure ou de continuer, et je vous donne sa réponse ici.
mentor_closing-goes_on = { $partner } préfère continuer avec vous pour le moment. Rien ne change : bonne suite !
mentor_closing-changed = { $partner } vient de conclure votre accompagnement.{ $hassaid ->
        [yes] {" "}Son mot pour vous : « { $said } »
       *[no] {""}
    }
    Merci pour tout ce que vous avez transmis ! De votre côté, qu'est-ce qui a changé pour { $partner } ? Une phrase suffit, je ne la transmets pas.
    .retry = Dites-le en une phrase, ou PASSER.
    .help = Par exemple : ses prix sont clairs et ses comptes à jour. Seule l'équipe lit cette phrase.
mentor_closing-again = Voulez-vous accompagner une autre personne ?
    .yes = Oui, volontiers
    .later = Dans 3 mois
    .no = Non, pas cette année
    .retry = Répondez 1 pour oui, 2 pour dans trois mois, 3 pour non.
    .help = Avec une pause, je ne vous propose personne de nouveau. Vous pouvez revenir plus tôt.
mentor_closing-rest = C'est noté : personne de nouveau d'ici là. Merci encore ! Pour revenir plus tôt, écrivez PAUSE.
mentor_closing-ready = Merci ! Dès qu'une personne pense à vous, je vous écris.
