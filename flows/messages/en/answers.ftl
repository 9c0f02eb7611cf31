### Short answers to questions that come at any time.

answers-programme-info = Mentoring MeM brings entrepreneurs aged 24 to 54 together with experienced mentors, in Morocco and abroad. Everyone who has had a mentor can become one in turn. It is run by CGEM (MeM) with the Konrad-Adenauer-Stiftung.
answers-cost = It is free. Only your phone company may charge you for messages or mobile data.
answers-bot-challenge = I am an automatic assistant, not a person. Write HUMAN and someone from the team will answer you.
answers-find-mentor = You are in the right place. Once you have registered, I propose up to three mentors.
    .door = You are in the right place.
    .paired = { $partner } already accompanies you. To write: MENU, then “Write”.
answers-become-mentor = First your registration, then gladly: write “become a mentor” when it is done.
answers-request-status = Your registration is not complete yet. As soon as it is, I will propose mentors.
    .waiting = Your place is kept: I will write as soon as somebody fits your need. Any question: HUMAN.
    .joined = Your registration is complete. Write MENTOR and I will propose mentors; any question: HUMAN.
    .asked = Your request is with { $partner }; you will have an answer soon, otherwise I propose somebody else.
    .paired = { $partner } already accompanies you. To write: MENU, then “Write”.
answers-pause = No hurry: your answers are kept. To get no more messages, write STOP.
answers-funding = I can't promise funding, but a mentor can help you prepare your file. Worth a look:
answers-formalisation = A mentor can help you choose a legal form and register. Worth a look:
answers-scheme = • { $name }: { $offer }. { $link } (seen on { DATETIME($seen, dateStyle: "medium") }, please check)
answers-my-sessions = I see no meeting in your name for now. If you have one, write HUMAN and the team will check.
answers-schedule-session = You need a mentor first: write MENTOR and I will propose some. The first meeting is then arranged here.
answers-out-of-scope = I can't help with that: I only look after mentoring for your business.
