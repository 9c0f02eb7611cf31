### ما تستعمله كل المحادثات.

common-question = ({ $number }/{ $of }) { $text }
common-hello = أهلا بكم!
common-welcome-back =
    يسعدنا أن نلتقي بكم من جديد{ $hasname ->
        [yes] ، { $name }
       *[no] { "" }
    }! نواصل من حيث توقفنا.
    .home =
        يسعدنا أن نلتقي بكم من جديد{ $hasname ->
            [yes] ، { $name }
           *[no] { "" }
        }! كيف أساعدكم؟
    .only =
        يسعدنا أن نلتقي بكم من جديد{ $hasname ->
            [yes] ، { $name }
           *[no] { "" }
        }!
common-noted = سجلت ذلك. { $facts }.
common-fact = { $label }: { $value }
common-corrected = تم التصحيح: { $value }.
common-which = أي من هذه الأجوبة تقصدون؟
common-is-it = هل هذا ما تقصدونه؟
common-picked = { $picked }: سجلت. هل هناك شيء آخر؟
common-done = هذا كل شيء
common-skip = تخطي
common-field = • { $label }: { $value }
common-item = • { $item }
common-rated = { $item } { $rating }/5
common-window = { $days } { $start }-{ $end }
common-review = مراجعة أخيرة
    .yes = كل شيء صحيح
    .fix = تصحيح
common-fix-which = ماذا تريدون أن تصححوا؟
common-how-to-fix = لتصحيح جواب، يكفي أن تقولوه: «تغيير المدينة»، «لا، أنا من فاس».
common-command = في أي وقت
    .back = تصحيح
    .mentee_profile = ملف مشروعي
    .mentor_profile = ملفي كموجه
    .change_language = Français / English
    .running_late = سأتأخر
    .reschedule_session = تغيير الموعد
    .cancel_session = إلغاء الموعد
common-help = في أي وقت: «رجوع» (السؤال السابق)، «تخطي» (دون جواب)، «اللغة»، «موظف» (يجيبكم شخص)، «توقف» (لا رسائل بعد ذلك).
common-no-back = هذا هو السؤال الأول.
common-no-skip = نحتاج إلى هذا الجواب لنواصل.
common-not-understood = لم أفهم. هذا ما يمكنني أن أفعله لكم:
common-did-you-mean = لست متأكدا من أنني فهمت. هل تقصدون أحد هذه الأمور؟
common-promise = لم أفهمكم، والخطأ مني. سيجيبكم شخص من الفريق هنا، عادة خلال يوم عمل. ويمكنكم أن تعيدوا المحاولة.
common-human = وصل طلبكم: سيجيبكم شخص من الفريق هنا، عادة خلال يوم عمل. أجوبتكم محفوظة.
common-problem = شكرا لأنكم أخبرتمونا. سيقرأ شخص من الفريق رسالتكم قبل غيرها ويجيبكم هنا. يبقى هذا سريا.
common-voice = لا أستطيع بعد سماع الرسائل الصوتية. اكتبوا بضع كلمات، أو «موظف» ليجيبكم شخص.
common-media = لا أستطيع قراءة الصور والملفات. اكتبوا لي بضع كلمات.
common-no-location = شكرا. لا أحتاج إلى موقعكم الآن.
common-linked = شكرا، تم تأكيد رقمكم. تجدون أجوبتكم نفسها إذا غيرتم التطبيق.
common-expired = لم يعد هذا الاختيار صالحا. نحن الآن هنا:
common-answered = سبق أن أجبتم: { $value }.
common-to-change = للتغيير، اكتبوا «تغيير { $label }».
common-later = سيأتي هذا السؤال بعد قليل.
common-most = احتفظت بما يلي: { $picked }.
common-stopped = تم: لن تصلكم رسائل من Mentoring MeM. أجوبتكم محفوظة (لمسحها: «مسح معطياتي»). للعودة، اكتبوا START. شكرا لكم!
common-resumed = نبدأ من جديد. يسعدنا أن تعودوا إلينا!
common-left = حسنا، نترك هذا.
common-paused = حسنا، نتوقف هنا. أجوبتكم محفوظة: اكتبوا «استئناف» متى أردتم أن نواصل.
common-thanks = على الرحب والسعة!
common-goodbye = إلى اللقاء! اكتبوا لي متى شئتم.
common-registered = سبق أن سجلتم معنا. كيف أساعدكم؟
common-contact = معلوماتكم محفوظة كما اتفقنا. لمسح كل شيء، اكتبوا «مسح معطياتي».
common-admitted = خبر سار: قبل الفريق تسجيلكم. لنواصل!
common-merged = وجدت أجوبتكم، نواصل هنا.
common-choose = اختيار
common-share = مشاركة
    .location = مشاركة موقعي
    .contact = رقمي (اختياري)
common-listed = (يوجد اسمكم في لائحة سُلّمت إلى البرنامج: بعض الأجوبة مسجلة مسبقا وستراجعونها. وإذا رفضتم فستُحذف.)
