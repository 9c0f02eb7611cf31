### Becoming a mentor, and taking a break.

mentor-consent =
    Thank you for wanting to pass it on! I am the automatic assistant of Mentoring MeM (CGEM and Konrad-Adenauer-Stiftung). Mentoring is voluntary and unpaid.
    To propose you to somebody, I keep your contact, your answers and our messages. The team reads them; the person sees only your first name and your portrait. They pass through other countries (Law 09-08). STOP ends the messages, DELETE MY DATA erases everything.
    Do you agree?
    .field = Consent
    .agree = I agree
    .refuse = No thanks
    .retry = To begin, I need your consent to keep your answers: YES or NO?
    .help = Your answers serve to propose you to the right person. To see them: MY DATA. To erase everything: DELETE MY DATA. Do you agree? Answer YES or NO.
mentor-refused = Understood. I keep nothing, except the trace of your refusal. The door stays open.
mentor-name = What is your name?
    .field = Name
    .retry = Write your first name, with the family name if you like, for example: Amina Benali.
    .help = The person you accompany will see only your first name.
mentor-address_form = How would you like to be addressed?
    .field = Form of address
    .f = Madam
    .m = Sir
    .retry = Answer 1 for Madam, 2 for Sir, or SKIP.
    .help = So that the team addresses you rightly.
mentor-place = Which town do you live in, in Morocco or elsewhere?
    .field = Town
    .retry = I did not find this place. Write the nearest big town, for example: Munich.
    .help = The town tells your local time, and lets you meet somebody near you.
mentor-experience = In one sentence, what is your experience? The person I propose you to will read it.
    .field = Experience
    .retry = Say it in a few words, for example: 15 years of exporting textiles to Germany.
    .help = For example: I founded and ran three restaurants in Casablanca.
mentor-sectors = Which sectors do you know? Up to three, for example: 1 6.
    .field = Sectors
    .crafts = Crafts
    .commerce = Trade & services
    .agriculture = Agriculture
    .agro_industry = Food industry
    .tourism = Tourism & catering
    .textile = Textile & fashion
    .construction = Construction
    .digital = Digital
    .education = Education
    .other = Other
    .automobile = { onboarding-sector.automobile }
    .materials = { onboarding-sector.materials }
    .real_estate = { onboarding-sector.real_estate }
    .electricity = { onboarding-sector.electricity }
    .energy = { onboarding-sector.energy }
    .mechanics = { onboarding-sector.mechanics }
    .plastics = { onboarding-sector.plastics }
    .leather = { onboarding-sector.leather }
    .chemistry = { onboarding-sector.chemistry }
    .pharma = { onboarding-sector.pharma }
    .mining = { onboarding-sector.mining }
    .fisheries = { onboarding-sector.fisheries }
    .aquaculture = { onboarding-sector.aquaculture }
    .forest_paper = { onboarding-sector.forest_paper }
    .aerospace = { onboarding-sector.aerospace }
    .transport = { onboarding-sector.transport }
    .health = { onboarding-sector.health }
    .training = { onboarding-sector.training }
    .culture = { onboarding-sector.culture }
    .media = { onboarding-sector.media }
    .banking = { onboarding-sector.banking }
    .finance = { onboarding-sector.finance }
    .insurance = { onboarding-sector.insurance }
    .consulting = { onboarding-sector.consulting }
    .export = { onboarding-sector.export }
    .environment = { onboarding-sector.environment }
    .social_economy = { onboarding-sector.social_economy }
    .retry = Choose one to three numbers, for example: 1 6.
    .help = Choose what is closest to your own path, or “Other”.
mentor-skills = What can you help with? Up to five, for example: 1 3 8.
    .field = Skills
    .finance = Finance & accounting
    .marketing = Marketing
    .sales = Sales & customers
    .digital = Digital tools
    .legal = Law & taxes
    .hr = Team & hiring
    .operations = Organisation
    .export = Export
    .fundraising = Funding
    .strategy = Strategy
    .retry = Choose one to five numbers, for example: 1 3 8.
    .help = What you have done yourself is worth more than what you have studied.
mentor-stages = At which stages do you like to help? Several are possible.
    .field = Stages
    .idea = An idea
    .launched_informal = Started, unregistered
    .registered = Registered business
    .growing = Growing
    .retry = Answer with one or more numbers, for example: 1 2.
    .help = Choose the moments in which your experience is most useful.
mentor-languages = In which languages can you mentor? Several are possible.
    .field = Languages
    .ary = Darija
    .ar = Arabic
    .fr = French
    .en = English
    .ber = Amazigh
    .retry = Answer with one or more numbers, for example: 1 3.
    .help = You and the person will speak a language of this list.
mentor-meet = How can you talk? Several are possible, for example: 1 4.
    .field = Meeting
    .voice = Voice call
    .video = Video
    .in_person = In person
    .text = Written messages
    .retry = Answer with one or more numbers, for example: 1 4.
    .help = Many entrepreneurs have a weak connection: a call or messages are enough.
mentor-availability = When are you free during the week, in your own time? Choose, or say it: “Thursday evening”.
    .field = Availability
    .weekday_morning = Weekday mornings
    .weekday_afternoon = Weekday afternoons
    .weekday_evening = Weekday evenings
    .saturday = Saturday
    .sunday = Sunday
    .retry = Answer with numbers, or for example: Saturday morning.
    .help = It is only an indication; every meeting will be confirmed with you.
mentor-capacity = How many people would you accompany at once? Count two hours a month for each.
    .field = Places
    .c1 = 1
    .c2 = 2
    .c3 = 3
    .c4 = 4
    .retry = Answer with a number from 1 to 4.
    .help = One person well accompanied is better. You can change this at any time.
mentor-network = Are you a member of a federation, network or association? Which one?
    .field = Network
    .retry = Write its name in a few words, or SKIP.
    .help = For example: CGEM, AFEM, a chamber of commerce. It is not necessary: SKIP.
mentor-prefers = Whom would you rather accompany?
    .field = Preference
    .women = Women
    .near = Near me
    .rural = Small towns, villages
    .anyone = Anyone
    .retry = Choose a number, or SKIP.
    .help = It is a preference, not a promise.
mentor-prepared =
    Before you begin, three things to keep in mind:
    • Listen first, without cutting in.
    • Ask questions rather than give the solution.
    • Sell nothing and promise nothing.
mentor-conduct =
    This is our code of conduct. I keep to myself what is confided to me. I sell nothing, I lend nothing, I promise no job. I say when my interests are concerned. I respect everyone. I tell in advance when I cannot come.
    Do you accept it?
    .field = Code of conduct
    .agree = I accept it
    .refuse = No
    .retry = Do you accept the code of conduct? YES or NO.
    .help = These rules protect both sides. A problem can be reported at any time, in confidence.
mentor-no_conduct = Understood. Without this code I cannot propose you to anybody. Write HUMAN if you want to talk about it.
mentor-check = Here is what I understood. Is everything correct?
    .field = Check
    .retry = Answer YES if everything is right, or say what changes: “change my city”.
    .help = Answer YES to finish. To correct: “change my city”.
mentor-unfinished = Thank you for wanting to pass it on! Some questions are left before I can propose you to somebody. Here is the next one. STOP if you want no more messages.
mentor-done = Thank you! The team reads your registration and answers you here, usually within three working days. Then I will propose somebody to you.
mentor-saved = Saved, thank you.
mentor-approved = Good news: you are a mentor of Mentoring MeM! As soon as somebody thinks of you, I show you their project, without a name, and you decide. To take a break: write PAUSE.
mentor-declined = Thank you again for your offer. The team cannot accept it for now. To talk about it, write HUMAN.
mentor-state = Mentor
    .pending = The team is still reading your registration as a mentor and will answer you here.
    .approved = You are a mentor: as soon as somebody thinks of you, I will write. To change your answers, write PROFILE.
    .declined = The team could not accept your offer for now. To talk about it, write HUMAN.
mentor_pause-weeks = For how long would you like no new request?
    .w2 = 2 weeks
    .w4 = 4 weeks
    .w12 = 3 months
    .back = I am back
    .retry = Choose a number, or say it: “three weeks”, “until the 15th”.
    .help = Those you accompany stay with you; I propose nobody new.
mentor_pause-paused = { $dated ->
        [yes] Noted: no new request until { DATETIME($day, dateStyle: "long") }.
       *[no] Noted: no new request for { $span }.
    } To come back earlier: “I am back”.
mentor_pause-returned = Good to have you back! I will think of you again.
mentor-mentees = Places taken: { $taken } of { $places }.
mentor-mentee = • { $who }, since { DATETIME($since, dateStyle: "long") }{ $hasgoal ->
        [yes] . Goal: “{ $goal }”
       *[no] { "" }
    }
mentor-asked = { $count ->
        [one] One request waits for your answer.
       *[other] { $count } requests wait for your answer.
    }
mentor-resting = You are on a break until { DATETIME($day, dateStyle: "long") }.
mentor_pause-over = Your break is over: I think of you again. To make it longer, just say so, for example: “pause 2 weeks”.
mentor_profiles-which = Which profile would you like to see?
    .retry = Answer 1 or 2.
    .help = You have two profiles: that of your project, and that of a mentor.
