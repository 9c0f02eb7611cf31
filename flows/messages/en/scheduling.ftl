### Two people agree on a day and an hour.

scheduling-at = { DATE($at) }, { HOUR($at) } ({ $place })
    .both = { DATE($at) }, { HOUR($at) } ({ $place }) / { HOUR($theirs) } ({ $there })
    .days = { DATE($at) }, { HOUR($at) } ({ $place }) / { DATE($theirs) }, { HOUR($theirs) } ({ $there })
    .own = { DATE($at) }, { HOUR($at) }
    .short = { DAY($at) }, { HOUR($at) }
scheduling-ways = way to meet
    .video = By video
    .voice = Voice call
    .in_person = In person
    .text = By messages here
scheduling-partner = With whom would you like to meet?
    .retry = Answer with a number of the list.
    .help = Then I suggest hours that suit you both.
scheduling-which = Which meeting do you want to move?
    .retry = Answer with a number of the list.
    .help = The present hour stands until the new one is accepted.
scheduling-way = How would you like to talk with { $partner }?
    .retry = Answer with a number of the list.
    .help = By video, each of you gets the link; it works with sound only, too.
scheduling-slot = { $found ->
        [none] Your free hours and those of { $partner } do not meet for now. Which day and hour do you suggest, for example “Thursday 3pm”?
       *[some] When would you like to talk with { $partner }? Choose, or write a day and an hour, for example “Thursday 3pm”.
    }
    .others = Other hours
    .later = Later
    .retry = Choose a number, or write the day and the hour, for example: Saturday 10am.
    .help = Hours are on your own clock. If you mean the other's, say so: “3pm Munich time”.
scheduling-more = { $found ->
        [none] I have no other hour that suits you both. Write the day and the hour that suit you.
       *[some] Here are other hours. Or write the day and the hour that suit you.
    }
    .later = Later
    .retry = Choose a number, or write the day and the hour, for example: Saturday 10am.
    .help = Hours are on your own clock.
scheduling-in_week = { $found ->
        [none] Which day of that week, and at what hour?
       *[some] That week these hours suit you both. Or name another day and hour.
    }
    .later = Later
    .retry = Choose a number, or write the day and the hour, for example: Tuesday 6pm.
    .help = Hours are on your own clock.
scheduling-hour = { $found ->
        [none] { DATE($day) }: at what hour?
       *[some] { DATE($day) }: at what hour? These suit you both; another is possible.
    }
    .later = Later
    .retry = Say the hour, for example: 3pm.
    .help = The hour is on your own clock.
scheduling-sure = You are thinking of { $when }. I would rather tell you:
    .yes = Suggest it anyway
    .other = Another hour
    .retry = Answer 1 to suggest this hour anyway, 2 to choose another.
    .help = You decide: { $partner } can also answer with another hour.
scheduling-against = remark
    .soon = • It is in less than a day: { $partner } may see it too late.
    .away = • It is outside the free hours of { $partner }.
    .night = • It is early or late in the day of { $partner }.
    .holiday_own = • It is a public holiday where you live.
    .holiday_theirs = • It is a public holiday where { $partner } lives.
    .friday = • It is the hour of Friday prayer.
    .iftar = • It is around the hour of iftar.
scheduling-instead = All right, which one? Choose, or write the day and the hour.
    .later = Later
    .retry = Choose a number, or write the day and the hour, for example: Saturday 10am.
    .help = Hours are on your own clock. To { $partner } I show their own.
scheduling-left = All right, nothing is fixed. Whenever you like, write “book a meeting”.
scheduling-void = This cannot be arranged here any more.
scheduling-sent = Suggested to { $partner }: { $when }. I will tell you as soon as the answer comes.
    .moves = Suggested to { $partner }: { $when }. Until then the present hour stands.
scheduling-again = { $partner } is waiting for your answer.
scheduling-answer = { $moves ->
        [yes] { $partner } would like to move your meeting: { $when }. { $way }. Does it suit you?
       *[no] { $partner } suggests a meeting: { $when }. { $way }. Does it suit you?
    }
    .yes = I confirm
    .other = Another hour
    .no = Not now
    .retry = Answer 1 to confirm, 2 for another hour, 3 to leave it. Or write the hour that suits you.
    .help = You can answer with an hour of your own, for example: “rather Saturday 11am”.
scheduling-stale = This suggestion is no longer open.
scheduling-unanswered = { $partner } has not been able to answer yet. Let's try another hour.
scheduling-refused = refusal
    .taken = That hour has just been taken. Here are other hours.
    .past = That hour is over or too near. Here are other hours.
    .changed = This has changed in the meantime. To see where you are: “my sessions”.
scheduling-gone = The hour you suggested to { $partner } has just been taken. Others are being suggested; I will tell you more.
scheduling-declined = { $partner } would rather not fix an hour now. To suggest another: “book a meeting”.
