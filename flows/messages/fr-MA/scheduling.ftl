### Deux personnes conviennent d'un jour et d'une heure.

scheduling-at = { DATE($at) }, { HOUR($at) } ({ $place })
    .both = { DATE($at) }, { HOUR($at) } ({ $place }) / { HOUR($theirs) } ({ $there })
    .days = { DATE($at) }, { HOUR($at) } ({ $place }) / { DATE($theirs) }, { HOUR($theirs) } ({ $there })
    .own = { DATE($at) }, { HOUR($at) }
    .short = { DAY($at) }, { HOUR($at) }
scheduling-ways = façon de se voir
    .video = En vidéo
    .voice = Appel vocal
    .in_person = En personne
    .text = Par messages ici
scheduling-partner = Avec qui voulez-vous prendre rendez-vous ?
    .retry = Répondez par un numéro de la liste.
    .help = Je vous propose ensuite des heures qui vous conviennent à tous les deux.
scheduling-which = Quel rendez-vous voulez-vous déplacer ?
    .retry = Répondez par un numéro de la liste.
    .help = L'heure prévue reste valable tant que la nouvelle n'est pas acceptée.
scheduling-way = Comment voulez-vous parler avec { $partner } ?
    .retry = Répondez par un numéro de la liste.
    .help = En vidéo, vous recevez chacun le lien ; il marche aussi avec le son seul.
scheduling-slot = { $found ->
        [none] { $partner } et vous n'avez pas d'heure libre en commun pour l'instant. Quel jour et quelle heure proposez-vous, par exemple « jeudi 15h » ?
       *[some] Quand voulez-vous parler avec { $partner } ? Choisissez, ou écrivez un jour et une heure, par exemple « jeudi 15h ».
    }
    .others = D'autres heures
    .later = Plus tard
    .retry = Choisissez un numéro, ou écrivez le jour et l'heure, par exemple : samedi 10h.
    .help = Les heures sont celles de chez vous. Si vous pensez à l'heure de l'autre, dites-le : « 15h heure de Munich ».
scheduling-more = { $found ->
        [none] Je n'ai pas d'autre heure libre pour vous deux. Écrivez le jour et l'heure qui vous arrangent.
       *[some] Voici d'autres heures. Ou écrivez le jour et l'heure qui vous arrangent.
    }
    .later = Plus tard
    .retry = Choisissez un numéro, ou écrivez le jour et l'heure, par exemple : samedi 10h.
    .help = Les heures sont celles de chez vous.
scheduling-in_week = { $found ->
        [none] Quel jour de cette semaine-là, et à quelle heure ?
       *[some] Cette semaine-là, ces heures vous conviennent à tous les deux. Ou dites un autre jour et une autre heure.
    }
    .later = Plus tard
    .retry = Choisissez un numéro, ou écrivez le jour et l'heure, par exemple : mardi 18h.
    .help = Les heures sont celles de chez vous.
scheduling-hour = { $found ->
        [none] { DATE($day) } : à quelle heure ?
       *[some] { DATE($day) } : à quelle heure ? Celles-ci vous conviennent à tous les deux ; une autre est possible.
    }
    .later = Plus tard
    .retry = Dites l'heure, par exemple : 15h.
    .help = L'heure est celle de chez vous.
scheduling-sure = Vous pensez à { $when }. Je préfère vous le dire :
    .yes = Proposer quand même
    .other = Une autre heure
    .retry = Répondez 1 pour proposer cette heure quand même, 2 pour en choisir une autre.
    .help = C'est vous qui décidez : { $partner } peut aussi répondre avec une autre heure.
scheduling-against = remarque
    .soon = • C'est dans moins d'un jour : { $partner } pourrait le voir trop tard.
    .away = • { $partner } n'est pas libre d'habitude à cette heure-là.
    .night = • Ce sera tôt ou tard chez { $partner }.
    .holiday_own = • C'est un jour férié chez vous.
    .holiday_theirs = • C'est un jour férié chez { $partner }.
    .friday = • C'est l'heure de la prière du vendredi.
    .iftar = • C'est autour de l'heure du ftour.
scheduling-instead = D'accord, laquelle ? Choisissez, ou écrivez le jour et l'heure.
    .later = Plus tard
    .retry = Choisissez un numéro, ou écrivez le jour et l'heure, par exemple : samedi 10h.
    .help = Les heures sont celles de chez vous. Pour { $partner } je montre l'heure de son côté.
scheduling-left = D'accord, rien n'est fixé. Quand vous voulez, écrivez « prendre rendez-vous ».
scheduling-void = Cela ne peut plus être arrangé ici.
scheduling-sent = C'est proposé à { $partner } : { $when }. Je vous dis dès que la réponse arrive.
    .moves = C'est proposé à { $partner } : { $when }. En attendant, l'heure déjà fixée reste valable.
scheduling-again = { $partner } attend votre réponse.
scheduling-answer = { $moves ->
        [yes] { $partner } voudrait déplacer votre rendez-vous : { $when }. { $way }. Cela vous va ?
       *[no] { $partner } vous propose un rendez-vous : { $when }. { $way }. Cela vous va ?
    }
    .yes = Je confirme
    .other = Une autre heure
    .no = Pas maintenant
    .retry = Répondez 1 pour confirmer, 2 pour une autre heure, 3 pour laisser. Ou écrivez l'heure qui vous va.
    .help = Vous pouvez répondre avec votre propre heure, par exemple : « plutôt samedi 11h ».
scheduling-stale = Cette proposition n'est plus ouverte.
scheduling-unanswered = { $partner } n'a pas encore pu répondre. Essayons une autre heure.
scheduling-refused = refus
    .taken = Cette heure vient d'être prise. Voici d'autres heures possibles.
    .past = Cette heure est passée ou trop proche. Voici d'autres heures possibles.
    .changed = Cela a changé entre-temps. Pour voir où vous en êtes : « mes rendez-vous ».
scheduling-gone = L'heure que vous aviez proposée à { $partner } vient d'être prise. D'autres lui sont proposées ; je vous dis la suite.
scheduling-declined = { $partner } préfère ne pas fixer d'heure maintenant. Pour en proposer une autre : « prendre rendez-vous ».
