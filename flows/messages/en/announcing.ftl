### The team announces something to many, from its own chat.

announcing-audience = Whom is the announcement for? Choose, or say it: “mentees in Souss, crafts”.
    .everybody = Everybody
    .mentee = Mentees
    .mentor = Mentors
    .retry = I know: mentees, mentors, a region, a country, a sector, a stage, a language, a #tag.
    .help = Nobody gets it before you confirm. More criteria: “mem broadcast draft”.
announcing-role = Role
    .everybody = everybody
    .mentee = mentees
    .mentor = mentors
announcing-language = Language
    .fr = French
    .ar = Arabic
    .en = English
announcing-criterion = Criterion
    .role = For: { $these }
    .region = Region: { $these }
    .country = Country: { $these }
    .sector = Sector: { $these }
    .stage = Stage: { $these }
    .language = Language: { $these }
    .tag = Tag: { $these }
announcing-partly = I did not understand: { $unknown }. Without it, the announcement would go to:
    .goes = Go on like this
    .retry = Go on like this, or correct it?
    .help = With fewer criteria more people get it. More criteria: “mem broadcast draft”.
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
        [0] Nobody would get it
        [one] One person would get it
       *[other] { $many } people would get it
    } (text: { $languages }), for { NUMBER($cost, minimumFractionDigits: 2) } { $currency } at most. Shall I send it?
    .send = Send
    .drop = Do not send
    .retry = Answer Send or Do not send.
    .help = Each gets it once, at a decent hour where they are. STOP is respected.
announcement-done =
    { $answer ->
        [send] On its way. How it goes: “mem broadcast status { $number }”.
       *[other] Nothing is sent.
    }
