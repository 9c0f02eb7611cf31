### Closing a mentoring well, passing it on, telling how it goes.

closing-void = This mentoring has already ended.
closing-ready = { $why ->
        [held] { $held ->
            [one] { $held } meeting with { $partner } already: thank you both!
           *[other] { $held } meetings with { $partner } already: that is a long way!
        }
       *[asked] { $partner } thinks that you have reached your goal.
    } Would you like to close this mentoring? A short look back, then a word for { $partner }.
    .yes = Yes, let's close
    .not_yet = No, go on
    .retry = Answer YES to close it, NO to go on.
    .help = Closing means looking at how far you have come, and saying thank you. You can also go on: nothing changes.
closing-go_on = Very well, you go on. I tell { $partner }.
closing-needs = Needs
    .finance = { onboarding-needs.finance }
    .marketing = { onboarding-needs.marketing }
    .sales = { onboarding-needs.sales }
    .digital = { onboarding-needs.digital }
    .legal = { onboarding-needs.legal }
    .hr = { onboarding-needs.hr }
    .operations = { onboarding-needs.operations }
    .export = { onboarding-needs.export }
    .fundraising = { onboarding-needs.fundraising }
    .strategy = { onboarding-needs.strategy }
closing-levels =
    The same question as at the start: from 1 (beginner) to 5 (very good), where are you today?
    { $count ->
        [one] One number is enough.
       *[other] Answer with { $count } numbers, in this order, for example: { $example }.
    }
    .field = Level
    .retry =
        { $count ->
            [one] Answer with a number from 1 to 5.
           *[other] Answer with { $count } numbers from 1 to 5, in this order, for example: { $example }.
        }
    .help = This is not a test: it shows what has moved since the start. A number from 1 to 5 for each subject, in order, or SKIP.
closing-formalised = Is your business registered today (auto-entrepreneur, trade register or cooperative)?
    .yes = Yes
    .ongoing = In progress
    .no = Not yet
    .retry = Choose a number, or SKIP.
    .help = No answer is a wrong one. Your mentor does not see it.
closing-customers = How many new customers have you had { $since ->
        [last] since the last time I asked
       *[start] since this mentoring began
    }? A number, even 0, or SKIP.
    .retry = Write a number, for example: 12. None: 0. Or SKIP.
    .help = A rough number is enough. Your mentor does not see it.
closing-funding = Have you obtained money for your business { $since ->
        [last] since the last time I asked
       *[start] since this mentoring began
    }?
    .none = No
    .loan = Yes, a loan
    .grant = Yes, a grant
    .investor = Yes, an investor
    .other = Yes, another way
    .retry = Choose a number, or SKIP.
    .help = I ask neither how much nor from whom. Your mentor does not see the answer.
closing-jobs = How many people work with you today, not counting yourself? A number, or SKIP.
    .retry = Write a number, for example: 2. Nobody: 0. Or SKIP.
    .help = Full time or not, family or not: count everybody who works with you.
closing-revenue = In an ordinary month, how much do you sell in all?
    .none = No sales yet
    .b1 = Less than 3,000 DH
    .b2 = 3,000 to 10,000 DH
    .b3 = 10,000 to 50,000 DH
    .b4 = More than 50,000 DH
    .retry = Choose a number, or SKIP.
    .help = Roughly is enough. It only serves to see what mentoring changes; your mentor does not see it.
closing-thanks = To finish, would you like to say a word to { $partner }? I pass it on just as you write it.
    .retry = Write your word, or SKIP.
    .help = For example: thank you, now I know how to set my prices.
closing-rose = { $skill } (from { $before } to { $after })
closing-done = Well done! You have come a long way with { $partner }{ $hasrisen ->
        [yes] : { $rose }.
       *[no] .
    }{ $thanked ->
        [yes] {" "}Your message is passed on.
       *[no] {""}
    } In three months, I will ask how you are doing.
closing-over = Your mentoring with { $partner } has now ended. Thank you for this journey. If you would like to pass it on in turn, write “become a mentor”.
closing-again = Hello{ $hasname ->
        [yes] {" "}{ $name }
       *[no] {""}
    }! { $months ->
        [one] { $months } month has passed
       *[other] { $months } months have passed
    } since your mentoring ended. How is your business doing? Five short questions at most; you can skip any.
    .yes = All right
    .not_now = Not this time
    .never = Don't ask again
    .retry = Answer 1 to tell me, 2 for another time, 3 to get these questions no more.
    .help = Your news shows what mentoring changes over time. Your mentor does not see it.
closing-never = Noted: I will not ask you these questions again. All the best!
closing-not_now = All right, another time. All the best!
closing-noted = Thank you, it is noted! Your news helps the next people we accompany. All the best!
give_back-answer = Somebody passed their experience on to you. Would you like to pass yours on to a person who is starting out? Count two hours a month.
    .yes = Yes, now
    .later = Later
    .no = No thanks
    .retry = Answer 1 for yes, 2 for later, 3 for no.
    .help = You need not know everything: what you have just learnt already helps a beginner. It is voluntary and unpaid.
give_back-put_off = Gladly: I will come back to it in a month.
give_back-kept = Understood, and thank you for this journey together. If you feel like it one day, write “become a mentor”.
give_back-already = Thank you for keeping this circle alive.
mentor_closing-held = { $held ->
        [one] { $held } meeting with { $partner } already: thank you!
       *[other] { $held } meetings with { $partner } already: thank you!
    } I am asking { $partner } whether to close or to go on, and will give you the answer here.
mentor_closing-goes_on = { $partner } would rather go on with you for now. Nothing changes: all the best to you both!
mentor_closing-changed = { $partner } has just closed your mentoring.{ $hassaid ->
        [yes] {" "}A message for you: “{ $said }”
       *[no] {""}
    }
    Thank you for everything you passed on! As you see it, what has changed for { $partner }? One sentence is enough, and I do not pass it on.
    .retry = Say it in one sentence, or SKIP.
    .help = For example: the prices are clear and the books are in order. Only the team reads this sentence.
mentor_closing-again = Would you like to accompany somebody else?
    .yes = Yes, gladly
    .later = In 3 months
    .no = No, not this year
    .retry = Answer 1 for yes, 2 for in three months, 3 for no.
    .help = During a break I propose nobody new to you. You can come back sooner.
mentor_closing-rest = Noted: nobody new until then. Thank you again! To come back sooner, write PAUSE.
mentor_closing-ready = Thank you! As soon as somebody thinks of you, I write to you.
