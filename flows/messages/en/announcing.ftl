### The team announces something to many, from its own chat.

announcing-audience = Whom is the announcement for?
    .everybody = Everybody
    .mentee = Mentees
    .mentor = Mentors
    .retry = Choose whom it is for.
    .help = Nobody gets it before you confirm. For other audiences: “mem broadcast”.
announcing-fr = What is the text in French? Put { "{name}" } where the first name goes, or SKIP.
    .retry = The text has at most 900 characters, and { "{name}" } is the only variable.
    .help = Write it as it will be read. Without a text in their language people read another.
announcing-ar = And in Arabic? The text, or SKIP.
    .retry = The text has at most 900 characters, and { "{name}" } is the only variable.
    .help = Write it as it will be read, or SKIP.
announcing-en = And in English? The text, or SKIP.
    .retry = The text has at most 900 characters, and { "{name}" } is the only variable.
    .help = Write it as it will be read, or SKIP.
announcing-empty = There is no text, so there is no announcement.
announcement-answer =
    { $many ->
        [one] One person would get it
       *[other] { $many } people would get it
    } ({ $languages }), for { NUMBER($cost, minimumFractionDigits: 2) } { $currency } at most. Shall I send it?
    .send = Send
    .drop = Do not send
    .retry = Answer Send or Do not send.
    .help = Each gets it once, at a decent hour where they are. STOP is respected.
announcement-done =
    { $answer ->
        [send] On its way. How it goes: “mem broadcast status { $number }”.
       *[other] Nothing is sent.
    }
