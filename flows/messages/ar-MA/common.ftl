### ما تستعمله كل المحادثات.

common-question = ({ $number }/{ $of }) { $text }
common-hello = أهلا بكم!
common-welcome-back = يسعدنا أن نلتقي بكم من جديد{ $hasname ->
    [yes] ، { $name }
   *[no] {""}
}! نواصل من حيث توقفنا.
common-noted = سجلت: { $facts }.
common-fact = { $label }: { $value }
common-corrected = تم التصحيح: { $value }.
common-which = أي من هذه الأجوبة تقصدون؟
common-picked = { $picked }: سجلت. هل هناك شيء آخر؟
common-done = هذا كل شيء
common-skip = تخطي
common-field = • { $label }: { $value }
common-rated = { $item } { $rating }/5
common-window = { $days } { $start }-{ $end }
common-review = مراجعة أخيرة
    .yes = كل شيء صحيح
    .fix = تصحيح
common-fix-which = ماذا تريدون أن تصححوا؟
common-how-to-fix = لتصحيح جواب، يكفي أن تقولوه: «تغيير المدينة»، «لا، أنا من فاس».
common-command = في أي وقت
    .change_language = Français / English
common-help = في أي وقت: «رجوع» للسؤال السابق، «تخطي»، «اللغة»، «موظف» للحديث مع شخص، «توقف» لوقف كل الرسائل.
common-no-back = هذا هو السؤال الأول.
common-no-skip = نحتاج إلى هذا الجواب لنواصل.
common-not-understood = لم أفهم. هذا ما يمكنني أن أفعله لكم:
common-promise = لم أستطع أن أفهمكم، والخطأ مني. سيقرأ شخص من الفريق محادثتنا ويجيبكم هنا. ويمكنكم أن تعيدوا المحاولة متى شئتم.
common-human = وصل طلبكم: سيجيبكم شخص من الفريق هنا، عادة خلال يوم عمل. أجوبتكم محفوظة.
common-problem = شكرا لأنكم أخبرتمونا. سيقرأ شخص من الفريق رسالتكم قبل غيرها ويجيبكم هنا. يبقى هذا سريا.
common-voice = لا أستطيع بعد سماع الرسائل الصوتية. اكتبوا بضع كلمات، أو «موظف» ليجيبكم شخص.
common-media = لا أستطيع قراءة الصور والملفات. اكتبوا لي بضع كلمات.
common-no-location = شكرا. لا أحتاج إلى موقعكم الآن.
common-linked = شكرا، تم تأكيد رقمكم: إنها محادثة واحدة على كل أجهزتكم.
common-expired = لم يعد هذا الاختيار صالحا. نحن الآن هنا:
common-answered = سبق أن أجبتم: { $value }. للتغيير، اكتبوا مثلا «تغيير». كنا عند:
common-stopped = تم الأمر: لن تصلكم رسائل من Mentoring MeM بعد الآن. للعودة، اكتبوا START. شكرا على زيارتكم.
common-resumed = نبدأ من جديد. يسعدنا أن تعودوا إلينا!
common-left = حسنا، نترك هذا.
common-paused = حسنا، نتوقف هنا. أجوبتكم محفوظة: اكتبوا «استئناف» متى أردتم أن نواصل.
common-thanks = على الرحب والسعة!
common-goodbye = إلى اللقاء! اكتبوا لي متى شئتم.
common-registered = أنتم معنا من قبل. بماذا أخدمكم؟
common-contact = معلوماتكم محفوظة كما اتفقنا. لمسح كل شيء، اكتبوا «حذف بياناتي».
common-unfinished = بقيت أسئلة قليلة لنجد لكم موجها. هل نواصل؟ اكتبوا «توقف» إذا لم تعودوا تريدون رسائل.
common-admitted = خبر سار: قبل الفريق تسجيلكم. لنواصل!
common-merged = وجدت أجوبتكم، نواصل هنا.
common-choose = اختيار
