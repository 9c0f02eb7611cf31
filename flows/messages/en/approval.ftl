### The team, in its own chat: letting mentors in.

approval-mentor = These people would like to become mentors. Whom do you want to see?
    .retry = Choose a person from the list.
    .help = I show you their experience, then you decide.
approval-answer = { $name } would like to become a mentor. What do you decide?
    .approve = Approve
    .decline = Decline
    .later = Later
    .retry = Answer Approve, Decline or Later.
    .help = Once approved, the person is proposed to those who look for a mentor. A no is told kindly.
approval-done =
    { $answer ->
        [approve] Done: { $name } is a mentor now and has just been told.
        [decline] Noted. { $name } gets a kind answer.
       *[other] All right. To come back to it: MENU.
    }
approval-void = Somebody of the team has answered already.
approval-nobody = Nobody waits for an answer to become a mentor.
approval-ticket = Somebody waits for an answer from the team: see “mem tickets”.
    .problem = A report has just come in, to be read before anything else: “mem tickets”.
    .no_show = A second absence from a meeting, somebody should ask how things are: “mem tickets”.
