home-menu = Vous êtes inscrit au programme. Que puis-je faire pour vous ?
    .update_profile = Voir mon profil
    .my_data = Mes données
    .change_language = Langue
    .talk_to_human = Parler à une personne
    .delete_data = Tout effacer
    .retry = Choisissez un numéro, ou dites-le en quelques mots.
    .help = Choisissez un numéro, ou dites-le en quelques mots.
