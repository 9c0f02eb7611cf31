### Une demande arrive chez un mentor ; des mots passent de l'un à l'autre.

request-answer = Une personne aimerait que vous l'accompagniez. Acceptez-vous ?
    .accept = Oui, j'accepte
    .question = Une question
    .later = Plus tard
    .decline = Non, pas cette fois
    .retry = Répondez 1 pour accepter, 2 pour poser une question, 3 pour décider plus tard, 4 pour refuser.
    .help = Si vous acceptez, vous ferez connaissance ici, par messages. Un refus est dit sans reproche.
request-question = Quelle est votre question ? Je la transmets.
    .retry = Écrivez votre question en quelques mots.
    .help = Par exemple : combien de clients avez-vous aujourd'hui ?
request-sent = C'est transmis. Dès que la réponse arrive, je vous redemande votre choix.
request-put_off = D'accord, je vous en reparle demain.
request-why = Merci de l'avoir dit. Quelle en est la raison ?
    .time = Pas le temps
    .field = Pas mon domaine
    .conflict = Conflit d'intérêts
    .other = Autre
    .retry = Choisissez un numéro, ou PASSER.
    .help = La raison reste entre nous ; elle m'aide à mieux choisir.
request-thanks = C'est noté, merci. Je chercherai quelqu'un d'autre pour cette personne.
request-void = Cette demande n'est plus ouverte. Merci quand même !
request-reminder = Quelqu'un attend votre réponse.
request-expired = La demande à laquelle vous n'avez pas pu répondre est passée à quelqu'un d'autre. Ce n'est rien ! Si vous manquez de temps : PAUSE.
request-full = Toutes vos places sont prises : je n'ai pas pu ajouter cette personne. Pour en ajouter une, changez « Places » dans votre PROFIL.
letter-reply = { $haswriter ->
       *[no] Quelqu'un vous écrit
        [yes] { $writer } vous écrit
    } : « { $said } » Que répondez-vous ?
    .retry = Écrivez votre réponse, ou PASSER.
    .help = Je transmets vos mots tels quels, sans votre numéro. PASSER si vous ne voulez pas répondre.
letter-answer = { $haswriter ->
       *[no] Voici la réponse
        [yes] { $writer } répond
    } : « { $said } »
letter-words = Que voulez-vous écrire à { $partner } ?
    .retry = Écrivez votre message en quelques mots.
    .help = Je transmets vos mots tels quels, sans votre numéro.
letter-sent = { $haspartner ->
       *[no] C'est transmis.
        [yes] C'est transmis à { $partner }.
    }
letter-void = Cet accompagnement est terminé.
letter-silenced = { $partner } ne reçoit pas de messages ici pour le moment : je n'ai rien transmis. Pour en parler : HUMAIN.
request-withdrawn = La demande qui vous attendait a été retirée : vous n'avez rien à faire. Merci d'être là !
letter-bond = À qui voulez-vous écrire ?
    .retry = Répondez par un numéro de la liste.
    .help = Je transmets vos mots tels quels, sans votre numéro.
letter-resting = Vos échanges avec { $partner } sont en pause : je n'ai rien transmis. L'équipe fait le point et vous écrit ici. Pour en parler : HUMAIN.
letter-closed = Cette demande n'est plus ouverte : je n'ai rien transmis.
