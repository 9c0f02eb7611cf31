### Short answers to questions that come at any time.

answers-programme-info = Mentoring MeM brings entrepreneurs aged 24 to 54 together with experienced mentors, in Morocco and abroad. Everyone who has had a mentor can become one in turn. It is run by CGEM (MeM) with the Konrad-Adenauer-Stiftung.
answers-cost = It is free. Only your phone company may charge you for messages or mobile data.
answers-bot-challenge = I am an automatic assistant, not a person. Write HUMAN and someone from the team will answer you.
answers-find-mentor = Once your profile is complete, the team looks for a mentor for you and lets you know.
answers-become-mentor = Thank you for wanting to pass it on! Registration for mentors is not open yet. Write HUMAN and the team will answer you.
answers-request-status = The team will tell you as soon as it has found your mentor. To ask how it is going, write HUMAN.
answers-pause = No hurry: your answers are kept. To get no more messages, write STOP.
answers-funding = I can't promise funding. A mentor can help you prepare your file; choose “Funding” among your needs.
answers-formalisation = A mentor can help you choose a legal form and register; choose “Law & taxes” among your needs.
