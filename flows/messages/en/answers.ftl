### Short answers to questions that come at any time.

answers-programme-info = Mentoring MeM brings entrepreneurs aged 24 to 54 together with experienced mentors, in Morocco and abroad. Those who were accompanied can become mentors in turn. It is run by CGEM (MeM) with the Konrad-Adenauer-Stiftung.
answers-cost = It is free. Only your phone company may charge you for messages or mobile data.
answers-bot-challenge = I am a programme, not a person. Write HUMAN and someone from the team will answer you.
answers-find-mentor = Once your profile is complete, the team looks for a mentor for you and I write to you here.
answers-become-mentor = Thank you for wanting to pass it on! Registration for mentors opens soon. Write HUMAN and the team will contact you.
answers-request-status = As soon as a mentor fits you, I write to you here. Write HUMAN to ask the team.
answers-pause = No hurry: your answers are kept. To get no more messages, write STOP.
answers-funding = I can't promise funding. A mentor can help you prepare your file; choose “Funding” among your needs.
answers-formalisation = A mentor can help you choose a legal form and register; choose “Law, status, taxes” among your needs.
