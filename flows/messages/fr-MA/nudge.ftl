### Ce que l'on redemande, et ce que l'on répond à un rappel.

nudge-later = Entendu, je vous en reparle { $when }.
nudge-enough = D'accord, je ne vous en parle plus. Pour tout le reste, je suis là.
    .paused = D'accord, je ne vous relance plus. Vos réponses sont gardées : écrivez REPRENDRE quand vous voulez.
silent_pair-answer = Vous n'avez pas de rendez-vous prévu avec { $partner }. Voulez-vous fixer une heure ?
    .hour = Choisir une heure
    .not_now = Pas maintenant
    .team = J'ai besoin d'aide
    .retry = Répondez par un numéro : 1 pour choisir une heure, 2 pour pas maintenant, 3 si vous avez besoin d'aide.
    .help = Une demi-heure suffit pour reprendre le fil. Avec « J'ai besoin d'aide », une personne de l'équipe vous écrit.
silent_pair-left = D'accord. Quand vous voulez : « prendre rendez-vous ».
silent_pair-told = C'est transmis : une personne de l'équipe vous écrit ici, en général sous un jour ouvré.
availability-answer = Vos disponibilités et vos places comme mentor sont-elles toujours justes ?
    .right = C'est juste
    .change = Changer
    .rest = Faire une pause
    .retry = Répondez 1 si c'est juste, 2 pour changer, 3 pour faire une pause.
    .help = Je vous propose des personnes selon vos heures et vos places. Je vous le demande une fois par trimestre.
availability-thanks = Merci, je continue ainsi.
