### Announcements to many.

broadcast-way-out = To stop our messages: STOP
broadcast-answered = Thank you for your answer! Someone from the team will write to you here about what comes next.
