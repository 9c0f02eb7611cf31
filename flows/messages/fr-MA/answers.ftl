### Réponses courtes à des questions qui viennent à tout moment.

answers-programme-info = Mentoring MeM met en relation des personnes de 24 à 54 ans qui entreprennent et des mentors d'expérience, au Maroc et dans la diaspora. Chaque personne accompagnée peut devenir mentor à son tour. Le programme est porté par la CGEM (MeM) avec la Fondation Konrad-Adenauer.
answers-cost = C'est gratuit. Seuls vos messages ou vos données mobiles peuvent vous être comptés par votre opérateur.
answers-bot-challenge = Je suis un assistant automatique, pas une personne. Écrivez HUMAIN et quelqu'un de l'équipe vous répondra.
answers-find-mentor = Vous êtes au bon endroit. Une fois votre inscription faite, l'équipe vous cherche un mentor et vous prévient.
    .door = Vous êtes au bon endroit.
    .joined = C'est noté. L'équipe vous cherche un mentor et vous préviendra. Si votre besoin a changé : « changer mes besoins ».
answers-become-mentor = Merci de vouloir transmettre ! L'inscription des mentors n'est pas encore ouverte. Écrivez HUMAIN et l'équipe vous répondra.
answers-request-status = Votre inscription n'est pas encore complète. Dès qu'elle le sera, l'équipe vous cherchera un mentor et vous préviendra.
    .joined = Votre inscription est complète et l'équipe vous cherche un mentor ; elle vous préviendra dès qu'elle l'aura trouvé. Une question : écrivez HUMAIN.
answers-pause = Rien ne presse : vos réponses sont gardées. Pour ne plus recevoir de messages, écrivez STOP.
answers-funding = Je ne promets pas de financement, mais un mentor peut vous aider à préparer votre dossier. À regarder :
answers-formalisation = Un mentor peut vous aider à choisir un statut et à vous enregistrer. À regarder :
answers-scheme = • { $name } : { $offer }. { $link } (vu le { DATETIME($seen, dateStyle: "medium") }, à vérifier)
answers-my-sessions = Je ne vois pas de rendez-vous à votre nom pour l'instant. Si vous en avez un, écrivez HUMAIN et l'équipe vérifie.
answers-schedule-session = L'équipe fixe le premier rendez-vous avec vous dès que votre mentor est trouvé. Si c'est urgent, écrivez HUMAIN.
answers-session-change = C'est transmis à l'équipe : elle prévient votre mentor et vous répond ici.
answers-change-mentor = C'est transmis, sans reproche pour personne : quelqu'un de l'équipe vous écrit ici pour trouver un mentor qui vous convient mieux.
answers-out-of-scope = Là, je ne peux pas vous aider : je m'occupe seulement du mentorat pour votre entreprise.
