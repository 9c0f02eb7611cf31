### Réponses courtes à des questions qui viennent à tout moment.

answers-programme-info = Mentoring MeM met en relation des entrepreneurs de 24 à 54 ans et des mentors d'expérience, au Maroc et dans la diaspora. Qui a été accompagné peut devenir mentor à son tour. Le programme est porté par la CGEM (MeM) avec la Fondation Konrad-Adenauer.
answers-cost = C'est gratuit. Seuls vos messages ou vos données mobiles peuvent vous être comptés par votre opérateur.
answers-bot-challenge = Je suis un programme, pas une personne. Écrivez HUMAIN et quelqu'un de l'équipe vous répondra.
answers-find-mentor = Une fois votre profil complet, l'équipe vous cherche un mentor et je vous écris ici.
answers-become-mentor = Merci de vouloir transmettre ! L'inscription des mentors ouvre bientôt. Écrivez HUMAIN et l'équipe vous contactera.
answers-request-status = Dès qu'un mentor vous correspond, je vous écris ici. Écrivez HUMAIN pour demander à l'équipe.
answers-pause = Rien ne presse : vos réponses sont gardées. Pour ne plus recevoir de messages, écrivez STOP.
answers-funding = Je ne promets pas de financement. Un mentor peut vous aider à préparer votre dossier ; choisissez « Financement » parmi vos besoins.
answers-formalisation = Un mentor peut vous aider à choisir un statut et à vous enregistrer ; choisissez « Droit, statut, impôts » parmi vos besoins.
