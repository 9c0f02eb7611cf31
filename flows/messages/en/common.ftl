### What every conversation uses.

common-question = ({ $number }/{ $of }) { $text }
common-hello = Hello!
common-welcome-back =
    Good to see you again{ $hasname ->
        [yes] , { $name }
       *[no] { "" }
    }! Let's go on where we stopped.
    .home =
        Good to see you again{ $hasname ->
            [yes] , { $name }
           *[no] { "" }
        }! What can I do for you?
    .only =
        Good to see you again{ $hasname ->
            [yes] , { $name }
           *[no] { "" }
        }!
common-noted = Noted. { $facts }.
common-fact = { $label }: { $value }
common-corrected = Corrected: { $value }.
common-which = Which of these do you mean?
common-is-it = Is it this one?
common-picked = { $picked }: noted. Anything else?
common-done = That's all
common-skip = Skip
common-field = • { $label }: { $value }
common-item = • { $item }
common-rated = { $item } { $rating }/5
common-window = { $days } { $start }-{ $end }
common-review = A last check
    .yes = All correct
    .fix = Correct something
common-fix-which = What would you like to correct?
common-how-to-fix = To correct an answer, just say it: “change my city”, “no, it's Fez”.
common-command = At any time
    .back = Correct it
    .mentee_profile = My project
    .mentor_profile = My mentor profile
    .change_language = Français / العربية
    .running_late = I'll be late
    .reschedule_session = Move it
    .cancel_session = Cancel it
common-help = At any time: BACK (last question), SKIP (no answer), LANGUAGE, HUMAN (a person answers you), STOP (no more messages).
common-no-back = This is the first question.
common-no-skip = We need this answer to go on.
common-not-understood = I did not understand. Here is what I can do for you:
common-did-you-mean = I am not sure I understood. Is it one of these?
common-promise = I can't make out what you mean, and that is my fault. Someone from the team will answer you here, usually within one working day. You can also try again.
common-human = Passed on: someone from the team will answer you here, usually within one working day. Your answers are kept.
common-problem = Thank you for telling us. Someone from the team reads your message first thing and answers you here. It stays confidential.
common-voice = I can't listen to voice notes yet. Please write a few words, or HUMAN for a person to answer you.
common-media = I can't read photos or files. Please write to me in a few words.
common-no-location = Thank you. I don't need your location right now.
common-linked = Thank you, your number is confirmed. Your answers stay with you if you change apps.
common-expired = That choice is no longer valid. Here is where we are:
common-answered = That was already answered: { $value }.
common-to-change = To change it, write “change { $label }”.
common-later = That question comes a little later.
common-most = I kept { $picked }.
common-stopped = Done: no more messages from Mentoring MeM. Your answers are still kept (DELETE MY DATA erases them). To come back, write START. Thank you, and all the best!
common-resumed = Here we go again. Good to have you back!
common-left = All right, let's leave that.
common-paused = All right, we stop here. Your answers are kept: write CONTINUE whenever you want to go on.
common-thanks = You're welcome!
common-goodbye = See you soon! Write to me whenever you like.
common-registered = You are already one of us. What can I do for you?
common-contact = Your contact details are kept, as agreed. To erase everything, write DELETE MY DATA.
common-admitted = Good news: the team has accepted your registration. Let's go on!
common-merged = I found your answers; we go on here.
common-choose = Choose
common-share = Share
    .location = Share my location
    .contact = My number (optional)
common-listed = (Your name is on a list given to the programme: some answers are filled in already, and you will check them. If you say no, they are erased.)
