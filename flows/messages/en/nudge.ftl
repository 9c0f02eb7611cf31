### What is asked again, and what is answered to a reminder.

nudge-later = All right, I will ask you again { $when }.
nudge-enough = All right, I will not bring it up again. For everything else, I am here.
    .paused = All right, I will not remind you any more. Your answers are kept: write CONTINUE whenever you like.
silent_pair-answer = You have no session planned with { $partner }. Would you like to set an hour?
    .hour = Choose an hour
    .not_now = Not now
    .team = I need help
    .retry = Answer with a number: 1 to choose an hour, 2 for not now, 3 if you need help.
    .help = Half an hour is enough to pick up the thread. With “I need help”, somebody of the team writes to you.
silent_pair-left = All right. Whenever you like: “book a session”.
silent_pair-told = Passed on: somebody of the team will write to you here, usually within one working day.
availability-answer = Are your hours and places as a mentor still right?
    .right = They are right
    .change = Change
    .rest = Take a break
    .retry = Answer 1 if they are right, 2 to change them, 3 to take a break.
    .help = I propose people by your hours and places. I ask you once every three months.
availability-thanks = Thank you, I go on like this.
