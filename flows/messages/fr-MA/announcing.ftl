### L'équipe annonce quelque chose à plusieurs personnes, dans sa propre conversation.

announcing-audience = À qui s'adresse l'annonce ? Choisissez, ou dites-le : « mentorés de Souss, artisanat ».
    .everybody = À tout le monde
    .mentee = Aux mentorés
    .mentor = Aux mentors
    .retry = Je connais : mentorés, mentors, une région, un pays, un secteur, une étape, une langue, une #étiquette.
    .help = Personne ne la reçoit avant votre confirmation. D'autres critères : « mem broadcast draft ».
announcing-role = Rôle
    .everybody = tout le monde
    .mentee = mentorés
    .mentor = mentors
announcing-language = Langue
    .fr = français
    .ar = arabe
    .en = anglais
announcing-criterion = Critère
    .role = Pour : { $these }
    .region = Région : { $these }
    .country = Pays : { $these }
    .sector = Secteur : { $these }
    .stage = Étape : { $these }
    .language = Langue : { $these }
    .tag = Étiquette : { $these }
announcing-partly = Je n'ai pas compris : { $unknown }. Sans cela, l'annonce irait à :
    .goes = Continuer ainsi
    .retry = Continuer ainsi, ou corriger ?
    .help = Avec moins de critères, plus de gens la reçoivent. D'autres critères : « mem broadcast draft ».
announcing-fr = Quel est le texte en français ? Mettez { "{name}" } à la place du prénom, ou PASSER.
    .retry = Le texte doit compter au plus 900 caractères, et la seule variable est { "{name}" }.
    .help = Écrivez le texte tel qu'il sera lu. Sans texte dans leur langue, les gens lisent une autre version.
announcing-ar = Et en arabe ? Le texte, ou PASSER.
    .retry = Le texte doit compter au plus 900 caractères, et la seule variable est { "{name}" }.
    .help = Écrivez le texte tel qu'il sera lu, ou PASSER.
announcing-en = Et en anglais ? Le texte, ou PASSER.
    .retry = Le texte doit compter au plus 900 caractères, et la seule variable est { "{name}" }.
    .help = Écrivez le texte tel qu'il sera lu, ou PASSER.
announcing-empty = Il n'y a pas de texte, donc pas d'annonce.
announcement-answer =
    { $many ->
        [0] Personne ne la recevrait
        [one] Une personne la recevrait
       *[other] { $many } personnes la recevraient
    } (texte : { $languages }), pour { NUMBER($cost, minimumFractionDigits: 2) } { $currency } au plus. J'envoie ?
    .send = Envoyer
    .drop = Ne pas envoyer
    .retry = Répondez Envoyer ou Ne pas envoyer.
    .help = Chacun la reçoit une seule fois, à une heure convenable chez lui. STOP est respecté.
announcement-done =
    { $answer ->
        [send] C'est parti. Où elle en est : « mem broadcast status { $number } ».
       *[other] Rien n'est envoyé.
    }
