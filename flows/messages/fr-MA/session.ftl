### Une séance fixée : rappels, retard, annulation, et ce qu'on en dit après.

session-booked = C'est fixé avec { $partner } : { $when }.
session-moved = Le rendez-vous avec { $partner } est déplacé : { $when }.
session-clock = L'heure officielle a changé. Votre rendez-vous avec { $partner } : { $when }.
session-where = { $where ->
        [link] Lien : { $link }
        [phone] Appel : { $phone }
        [voice] Pour l'appel, échangez vos numéros : MENU, puis « Échanger nos numéros ».
        [in_person] En personne : convenez du lieu ici (MENU, puis « Écrire »).
       *[text] Vous vous écrivez ici (MENU, puis « Écrire »).
    }
session-calendar = Pour votre agenda : { $link }
    .summary = Mentorat avec { $partner }
session-displaced = L'heure officielle a changé, et votre rendez-vous avec { $partner } tombe maintenant sur un autre. Il lui faut une nouvelle heure.
session-tomorrow = Petit rappel de votre rendez-vous.
session-soon = Votre rendez-vous approche.
reminder-answer =
    Avec { $partner } : { $when }. Serez-vous là ?
    { $where ->
        [link] Lien : { $link }
        [phone] Appel : { $phone }
       *[none] { "" }
    }
    .coming = Je serai là
    .retry = Répondez par un numéro : 1 si vous serez là.
    .help = Un retard ou un empêchement se dit ici, { $partner } le saura tout de suite.
reminder-told = Parfait, bonne séance avec { $partner } !
session-late = C'est dit à { $partner }.
session-told-late = { $partner } aura un peu de retard et vous prie de patienter.
    .minutes = { $partner } aura { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } de retard et vous prie de patienter.
session-list = { $sessions ->
        [one] Votre rendez-vous :
       *[other] Vos rendez-vous :
    }
session-item = • { $partner } : { $when } { $where ->
        [link] · { $link }
        [phone] · { $phone }
       *[none] { "" }
    }
session-change = Pour changer : « déplacer le rdv » ou « annuler le rdv ».
session-waiting = { $partner } n'a pas encore répondu pour { $when }.
session-none = Vous n'avez pas de rendez-vous pour l'instant. Pour en fixer un : « prendre rendez-vous ».
cancelling-which = Quel rendez-vous voulez-vous annuler ?
    .retry = Répondez par un numéro de la liste.
    .help = Vous pouvez aussi le déplacer : « déplacer le rdv ».
cancelling-sure = Annuler le rendez-vous avec { $partner } ({ $day }) ?
    .yes = Oui, annuler
    .no = Non, le garder
    .retry = Répondez 1 pour annuler, 2 pour garder le rendez-vous, 3 pour le déplacer.
    .help = C'est dit à { $partner } tout de suite. Vous pouvez aussi déplacer le rendez-vous.
cancelling-why = Pour quelle raison ? Je le dis simplement à { $partner }.
    .busy = Un empêchement
    .ill = Un souci de santé
    .line = Pas de réseau
    .other = Autre
    .retry = Choisissez un numéro, ou PASSER.
    .help = Un mot suffit ; PASSER pour ne pas donner de raison.
cancelling-kept = Très bien, le rendez-vous avec { $partner } tient : { $when }.
cancelling-void = Ce rendez-vous a changé entre-temps. Pour voir où vous en êtes : « mes rendez-vous ».
session-cancelled = { $partner } doit annuler votre rendez-vous ({ $day }).
    .busy = { $partner } doit annuler votre rendez-vous ({ $day }) : un empêchement.
    .ill = { $partner } doit annuler votre rendez-vous ({ $day }) : un souci de santé.
    .line = { $partner } doit annuler votre rendez-vous ({ $day }) : pas de réseau.
    .other = { $partner } doit annuler votre rendez-vous ({ $day }).
    .mine = Le rendez-vous avec { $partner } ({ $day }) est annulé. { $partner } le sait.
held-took_place = Votre rendez-vous avec { $partner } ({ $day }) a-t-il eu lieu ?
    .yes = Oui
    .no = Non
    .retry = Répondez OUI ou NON.
    .help = La question est posée à chacun de vous ; { $partner } ne voit pas votre réponse.
held-why = Que s'est-il passé ? Cela reste entre nous.
    .them = L'autre a manqué
    .me = Je n'ai pas pu
    .both = Remis ensemble
    .retry = Répondez 1, 2 ou 3.
    .help = { $partner } ne voit pas votre réponse. Personne n'est jugé pour une fois.
held-rating = Cette séance vous a-t-elle été utile, de 1 (pas du tout) à 5 (beaucoup) ?
    .r1 = Pas du tout
    .r2 = Un peu
    .r3 = Moyennement
    .r4 = Bien
    .r5 = Beaucoup
    .retry = Répondez par un numéro de 1 à 5, ou PASSER.
    .help = Votre note reste entre nous.
held-learnt = En une phrase, qu'en retenez-vous ? { $partner } ne le voit pas.
    .field = Appris
    .retry = Dites-le en quelques mots, ou PASSER.
    .help = Par exemple : compter mon temps dans mes prix.
held-step = Et votre prochaine étape, d'ici la prochaine séance ?
    .field = Étape
    .retry = Dites-le en quelques mots, ou PASSER.
    .help = Une chose simple, par exemple : appeler trois clients.
held-due = Pour quand ? Je vous le rappellerai.
    .field = Pour le
    .retry = Dites un jour, par exemple : vendredi, ou le 12.
    .help = Un jour suffit ; PASSER si vous ne voulez pas de rappel.
held-thanks = Merci, c'est noté.
held-sorry = Merci de me l'avoir dit. Pour fixer une autre heure : « prendre rendez-vous ».
session-thanks = Merci, c'est noté.
next_step-done = Vous aviez prévu : « { $step } ». Est-ce fait ?
    .yes = C'est fait
    .later = Pas encore
    .drop = Je laisse
    .retry = Répondez 1 si c'est fait, 2 pour pas encore, 3 pour laisser.
    .help = C'est un rappel pour vous, personne d'autre ne le voit.
next_step-well = Bravo ! Vous pourrez en parler à la prochaine séance.
next_step-again = Rien ne presse. Je vous en reparle dans quelques jours.
next_step-dropped = D'accord, on laisse cela.
