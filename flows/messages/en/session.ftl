### A booked session: reminders, running late, cancelling, and what is said of it afterwards.

session-booked = It is settled with { $partner }: { $when }.
session-moved = The meeting with { $partner } has moved: { $when }.
session-clock = The official time has changed. Your meeting with { $partner }: { $when }.
session-where = { $where ->
        [link] Link: { $link }
        [phone] Call: { $phone }
        [voice] For the call, exchange your numbers: MENU, then “Exchange numbers”.
        [in_person] In person: agree on the place here (MENU, then “Write”).
       *[text] You write to each other here (MENU, then “Write”).
    }
session-calendar = For your calendar: { $link }
    .summary = Mentoring with { $partner }
session-displaced = The official time has changed, and your meeting with { $partner } now falls on another one. It needs a new hour.
session-tomorrow = A reminder of your meeting.
session-soon = Your meeting is near.
reminder-answer =
    With { $partner }: { $when }. Will you be there?
    { $where ->
        [link] Link: { $link }
        [phone] Call: { $phone }
       *[none] { "" }
    }
    .coming = I'll be there
    .retry = Answer with a number: 1 if you will be there.
    .help = If you run late or cannot come, say so here: { $partner } will know at once.
reminder-told = Perfect, have a good session with { $partner }!
session-late = { $partner } knows.
session-told-late = { $partner } is running a little late and asks you to wait.
    .minutes = { $partner } will be { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } late and asks you to wait.
session-list = { $sessions ->
        [one] Your meeting:
       *[other] Your meetings:
    }
session-item = • { $partner }: { $when } { $where ->
        [link] · { $link }
        [phone] · { $phone }
       *[none] { "" }
    }
session-change = To change it: “move the meeting” or “cancel the meeting”.
session-waiting = You are waiting for the answer of { $partner } about { $when }.
session-none = You have no meeting for now. To arrange one: “book a meeting”.
cancelling-which = Which meeting do you want to cancel?
    .retry = Answer with a number of the list.
    .help = You can also move it: “move the meeting”.
cancelling-sure = Cancel the meeting with { $partner } ({ $day })?
    .yes = Yes, cancel
    .no = No, keep it
    .retry = Answer 1 to cancel, 2 to keep the meeting, 3 to move it.
    .help = { $partner } is told at once. You can also move the meeting.
cancelling-why = For what reason? I simply pass it on to { $partner }.
    .busy = Something came up
    .ill = Health
    .line = No network
    .other = Other
    .retry = Choose a number, or SKIP.
    .help = One word is enough; SKIP to give no reason.
cancelling-kept = Very well, the meeting with { $partner } stands: { $when }.
cancelling-void = This meeting has changed in the meantime. To see where you are: “my sessions”.
session-cancelled = { $partner } has to cancel your meeting ({ $day }).
    .busy = { $partner } has to cancel your meeting ({ $day }): something came up.
    .ill = { $partner } has to cancel your meeting ({ $day }) for health reasons.
    .line = { $partner } has to cancel your meeting ({ $day }): no network.
    .other = { $partner } has to cancel your meeting ({ $day }).
    .mine = The meeting with { $partner } ({ $day }) is cancelled. { $partner } knows.
held-took_place = Did your meeting with { $partner } ({ $day }) take place?
    .yes = Yes
    .no = No
    .retry = Answer YES or NO.
    .help = Each of you is asked; { $partner } does not see your answer.
held-why = What happened? It stays between us.
    .them = The other missed it
    .me = I could not come
    .both = We put it off
    .retry = Answer 1, 2 or 3.
    .help = { $partner } does not see your answer. Nobody is judged for one time.
held-rating = Was this session useful to you, from 1 (not at all) to 5 (very)?
    .r1 = Not at all
    .r2 = A little
    .r3 = Somewhat
    .r4 = Useful
    .r5 = Very
    .retry = Answer with a number from 1 to 5, or SKIP.
    .help = Your rating stays between us.
held-learnt = In one sentence, what do you take from it? { $partner } does not see it.
    .field = Learnt
    .retry = Say it in a few words, or SKIP.
    .help = For example: count my own time in my prices.
held-step = And your next step, before the next session?
    .field = Step
    .retry = Say it in a few words, or SKIP.
    .help = One simple thing, for example: call three customers.
held-due = By when? I will remind you.
    .field = By
    .retry = Name a day, for example: Friday, or the 12th.
    .help = A day is enough; SKIP if you want no reminder.
held-thanks = Thank you, noted.
held-sorry = Thank you for telling me. To arrange another hour: “book a meeting”.
session-thanks = Thank you, noted.
next_step-done = You had planned: “{ $step }”. Is it done?
    .yes = It is done
    .later = Not yet
    .drop = I drop it
    .retry = Answer 1 if it is done, 2 for not yet, 3 to drop it.
    .help = This is a reminder for you; nobody else sees it.
next_step-well = Well done! You can talk about it in the next session.
next_step-again = No hurry. I will ask again in a few days.
next_step-dropped = All right, let's leave it.
