### Réponses courtes à des questions qui viennent à tout moment.

answers-programme-info = Mentoring MeM met en relation des personnes de 24 à 54 ans qui entreprennent et des mentors d'expérience, au Maroc et dans la diaspora. Chaque personne accompagnée peut devenir mentor à son tour. Le programme est porté par la CGEM (MeM) avec la Fondation Konrad-Adenauer.
answers-cost = C'est gratuit. Seuls vos messages ou vos données mobiles peuvent vous être comptés par votre opérateur.
answers-bot-challenge = Je suis un assistant automatique, pas une personne. Écrivez HUMAIN et quelqu'un de l'équipe vous répondra.
answers-find-mentor = Une fois votre profil complet, l'équipe vous cherche un mentor et vous prévient.
answers-become-mentor = Merci de vouloir transmettre ! L'inscription des mentors n'est pas encore ouverte. Écrivez HUMAIN et l'équipe vous répondra.
answers-request-status = L'équipe vous préviendra dès qu'elle aura trouvé votre mentor. Pour lui demander où elle en est, écrivez HUMAIN.
answers-pause = Rien ne presse : vos réponses sont gardées. Pour ne plus recevoir de messages, écrivez STOP.
answers-funding = Je ne promets pas de financement. Un mentor peut vous aider à préparer votre dossier ; choisissez « Financement » parmi vos besoins.
answers-formalisation = Un mentor peut vous aider à choisir un statut et à vous enregistrer ; choisissez « Droit & impôts » parmi vos besoins.
