### Réponses courtes à des questions qui viennent à tout moment.

answers-programme-info = Mentoring MeM met en relation des personnes de 24 à 54 ans qui entreprennent et des mentors d'expérience, au Maroc et dans la diaspora. Chaque personne accompagnée peut devenir mentor à son tour. Le programme est porté par la CGEM (MeM) avec la Fondation Konrad-Adenauer.
answers-cost = C'est gratuit. Seuls vos messages ou vos données mobiles peuvent vous être comptés par votre opérateur.
answers-bot-challenge = Je suis un assistant automatique, pas une personne. Écrivez HUMAIN et quelqu'un de l'équipe vous répondra.
answers-find-mentor = Vous êtes au bon endroit. Une fois votre inscription faite, je vous propose jusqu'à trois mentors.
    .door = Vous êtes au bon endroit.
    .paired = { $partner } vous accompagne déjà. Pour lui écrire : MENU, puis « Écrire ».
answers-become-mentor = D'abord votre inscription, puis volontiers : écrivez « devenir mentor » quand elle sera finie.
answers-request-status = Votre inscription n'est pas encore complète. Dès qu'elle le sera, je vous proposerai des mentors.
    .waiting = Votre place est gardée : je vous écris dès qu'une personne correspond à votre besoin. Une question : HUMAIN.
    .joined = Votre inscription est complète. Écrivez MENTOR et je vous propose des mentors ; une question : HUMAIN.
    .asked = Votre demande est chez { $partner } ; vous aurez une réponse d'ici peu, sinon je vous propose quelqu'un d'autre.
    .paired = { $partner } vous accompagne déjà. Pour lui écrire : MENU, puis « Écrire ».
answers-pause = Rien ne presse : vos réponses sont gardées. Pour ne plus recevoir de messages, écrivez STOP.
answers-funding = Je ne promets pas de financement, mais un mentor peut vous aider à préparer votre dossier. À regarder :
answers-formalisation = Un mentor peut vous aider à choisir un statut et à vous enregistrer. À regarder :
answers-scheme = • { $name } : { $offer }. { $link } (vu le { DATETIME($seen, dateStyle: "medium") }, à vérifier)
answers-my-sessions = Je ne vois pas de rendez-vous à votre nom pour l'instant. Si vous en avez un, écrivez HUMAIN et l'équipe vérifie.
answers-schedule-session = Il vous faut d'abord un mentor : écrivez MENTOR et je vous en propose. Le premier rendez-vous se fixe ensuite ici.
answers-out-of-scope = Là, je ne peux pas vous aider : je m'occupe seulement du mentorat pour votre entreprise.
