### الفريق يعلن شيئا لعدة أشخاص من محادثته.

announcing-audience = لمن هذا الإعلان؟ اختاروا، أو اكتبوا مثلا: «المستفيدون في سوس، الصناعة التقليدية».
    .everybody = للجميع
    .mentee = للمستفيدين
    .mentor = للموجهين
    .retry = أعرف: المستفيدين، الموجهين، جهة، بلدا، قطاعا، مرحلة، لغة، أو وسما مثل ‎#atelier.
    .help = لا يصل إلى أحد قبل تأكيدكم. لمعايير أخرى: «mem broadcast draft».
announcing-role = الصفة
    .everybody = الجميع
    .mentee = المستفيدون
    .mentor = الموجهون
announcing-language = اللغة
    .fr = الفرنسية
    .ar = العربية
    .en = الإنجليزية
announcing-criterion = معيار
    .role = إلى: { $these }
    .region = الجهة: { $these }
    .country = البلد: { $these }
    .sector = القطاع: { $these }
    .stage = المرحلة: { $these }
    .language = اللغة: { $these }
    .tag = الوسم: { $these }
announcing-partly = لم أفهم: { $unknown }. من دون ذلك يصل الإعلان إلى:
    .goes = المتابعة هكذا
    .retry = نتابع هكذا، أم تصححون؟
    .help = كلما قلت المعايير وصل إلى عدد أكبر. لمعايير أخرى: «mem broadcast draft».
announcing-fr = ما النص بالفرنسية؟ ضعوا { "{name}" } مكان الاسم، أو «تخطي».
    .retry = النص 900 حرف على الأكثر، والمتغير الوحيد هو { "{name}" }.
    .help = اكتبوا النص كما سيقرأ. من لا نص بلغته يقرأ لغة أخرى.
announcing-ar = وبالعربية؟ النص، أو «تخطي».
    .retry = النص 900 حرف على الأكثر، والمتغير الوحيد هو { "{name}" }.
    .help = اكتبوا النص كما سيقرأ، أو «تخطي».
announcing-en = وبالإنجليزية؟ النص، أو «تخطي».
    .retry = النص 900 حرف على الأكثر، والمتغير الوحيد هو { "{name}" }.
    .help = اكتبوا النص كما سيقرأ، أو «تخطي».
announcing-empty = لا نص، إذن لا إعلان.
announcement-answer =
    { $many ->
        [zero] لا يصل إلى أحد
        [one] يصل إلى شخص واحد
        [two] يصل إلى شخصين
        [few] يصل إلى { $many } أشخاص
        [many] يصل إلى { $many } شخصا
       *[other] يصل إلى { $many } شخص
    } (النص: { $languages })، بثمن { NUMBER($cost, minimumFractionDigits: 2) } { $currency } على الأكثر. هل أرسله؟
    .send = إرسال
    .drop = عدم الإرسال
    .retry = أجيبوا «إرسال» أو «عدم الإرسال».
    .help = يصل مرة واحدة لكل شخص، في ساعة مناسبة عنده. من قال «توقف» لا يصله شيء.
announcement-done =
    { $answer ->
        [send] انطلق الإرسال. لمتابعته: «mem broadcast status { $number }».
       *[other] لم يرسل شيء.
    }
