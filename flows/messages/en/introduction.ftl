### A request reaches a mentor; words are carried between two people.

request-answer = Somebody would like you to accompany them. Do you accept?
    .accept = Yes, I accept
    .question = A question
    .later = Later
    .decline = No, not this time
    .retry = Answer 1 to accept, 2 to ask a question, 3 to decide later, 4 to decline.
    .help = If you accept, you get to know each other here, by message. A no is told without blame.
request-question = What is your question? I pass it on.
    .retry = Write your question in a few words.
    .help = For example: how many customers do you have today?
request-sent = Passed on. When the answer comes, I will ask you again.
request-put_off = All right, I will come back to it tomorrow.
request-why = Thank you for saying so. What is the reason?
    .time = No time
    .field = Not my field
    .conflict = Conflict of interest
    .other = Other
    .retry = Choose a number, or SKIP.
    .help = The reason stays between us; it helps me choose better.
request-thanks = Noted, thank you. I will look for somebody else for this person.
request-void = This request is no longer open. Thank you all the same!
request-reminder = Somebody is waiting for your answer.
request-expired = The request that you could not answer has gone to somebody else. No harm done! If you are short of time: PAUSE.
request-full = All your places are taken: I could not add this person. To add one, change “Places” in your PROFILE.
letter-reply = { $haswriter ->
       *[no] Somebody writes to you
        [yes] { $writer } writes to you
    }: “{ $said }” What do you answer?
    .retry = Write your answer, or SKIP.
    .help = I pass on your words as they are, without your number. SKIP if you don't want to answer.
letter-answer = { $haswriter ->
       *[no] Here is the answer
        [yes] { $writer } answers
    }: “{ $said }”
letter-words = What would you like to write to { $partner }?
    .retry = Write your message in a few words.
    .help = I pass on your words as they are, without your number.
letter-sent = { $haspartner ->
       *[no] Passed on.
        [yes] Passed on to { $partner }.
    }
letter-void = This mentoring has ended.
letter-silenced = { $partner } does not get messages here at the moment: I passed nothing on. To talk about it: HUMAN.
request-withdrawn = The request that waited for you has been withdrawn: there is nothing for you to do. Thank you for being there!
letter-bond = To whom would you like to write?
    .retry = Answer with a number of the list.
    .help = I pass on your words as they are, without your number.
letter-resting = Messages between { $partner } and you are on hold: I passed nothing on. The team is looking into it and will write to you here. To talk about it: HUMAN.
letter-closed = This request is no longer open: I passed nothing on.
