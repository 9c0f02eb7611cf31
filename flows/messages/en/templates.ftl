### What may go out beyond WhatsApp's 24 hours, once approved: one line, a word before and after each variable.

template-waiting = Hello, a message about your mentoring is waiting for you in Mentoring MeM. To receive it, reply or touch Read.
    .read = Read
template-unfinished = Hello, your registration with Mentoring MeM is not finished yet; your answers are kept. To go on, reply or touch Continue. To hear no more from us, reply STOP.
    .read = Continue
template-session_tomorrow = A reminder from Mentoring MeM: your meeting with { $partner } is on { $when }. If you cannot come, just say so here.
template-session_soon = Your meeting with { $partner } is near: { $when }. If you run late, say so here. Have a good session!
template-announcement = Hello, the Mentoring MeM programme has an announcement for you: “{ $title }”. To receive it, reply or touch Read. To hear no more from us: STOP.
    .read = Read
    .stop = STOP
