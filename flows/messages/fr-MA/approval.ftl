### L'équipe, dans sa propre conversation : accueillir les mentors.

approval-mentor = Ces personnes souhaitent devenir mentors. Qui voulez-vous voir ?
    .retry = Choisissez une personne de la liste.
    .help = Je vous montre son expérience, puis vous décidez.
approval-answer = { $name } souhaite devenir mentor. Que décidez-vous ?
    .approve = Valider
    .decline = Refuser
    .later = Plus tard
    .retry = Répondez Valider, Refuser ou Plus tard.
    .help = Une fois validée, la personne est proposée à celles qui cherchent un mentor. Un refus lui est dit avec tact.
approval-done =
    { $answer ->
        [approve] C'est fait : { $name } fait partie des mentors et vient de l'apprendre.
        [decline] C'est noté. { $name } reçoit une réponse courtoise.
       *[other] D'accord. Pour y revenir : MENU.
    }
approval-void = Quelqu'un de l'équipe a déjà répondu.
approval-nobody = Personne n'attend de réponse pour devenir mentor.
approval-ticket = Quelqu'un attend une réponse de l'équipe : voir « mem tickets ».
    .problem = Un signalement vient d'arriver, à lire avant tout le reste : « mem tickets ».
    .no_show = Deuxième absence à un rendez-vous, quelqu'un doit prendre des nouvelles : « mem tickets ».
