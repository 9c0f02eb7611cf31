### Les annonces à plusieurs personnes.

broadcast-way-out = Pour ne plus recevoir nos messages : STOP
broadcast-answered = Merci pour votre réponse ! Une personne de l'équipe vous écrira ici pour la suite.
