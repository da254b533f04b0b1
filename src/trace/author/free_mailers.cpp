#include "trace/author/free_mailers.hpp"

#include <string_view>

#include "trace/author/domain_list.hpp"

namespace emltrace::trace {
namespace {

// Form of listed_domain.
constexpr std::string_view kFreeMailers =
    // World-wide
    "gmail.com googlemail.com "
    "outlook.com,fr,de,es,it,jp,kr,co.id,co.th,com.br,com.ar,com.tr,com.au,cl,ie,in,dk,pt,sa,sg,be,"
    "at "
    "hotmail.com,co.uk,fr,de,es,it,nl,be,ca,se,no,dk,co.jp,com.br,com.ar,com.tr,gr,ch,fi,co.th,cl "
    "live.com,co.uk,fr,de,it,nl,be,ca,com.au,com.mx,com.ar,com.pt,jp,cn,dk,se,no,ie,in,at,cl,co.za,"
    "hk "
    "msn.com passport.com windowslive.com "
    "yahoo.com,co.uk,fr,de,es,it,ca,co.in,in,com.br,com.mx,com.ar,com.au,co.jp,com.hk,com.tw,com."
    "sg,"
    "com.ph,com.vn,co.id,co.th,co.nz,co.za,ie,gr,se,no,dk,pl,ro,pt,com.tr,com.cn,cn,com.my,com.co,"
    "be,nl,at "
    "ymail.com,ne.jp rocketmail.com myyahoo.com aol.com,de,fr,co.uk,it,es aim.com "
    "icloud.com me.com mac.com proton.me protonmail.com,ch pm.me "
    "tutanota.com,de tuta.io tuta.com tutamail.com keemail.me "
    "zohomail.com,eu,in mail.com email.com usa.com consultant.com post.com europe.com asia.com "
    "engineer.com myself.com dr.com accountant.com execs.com fastmail.com,fm hushmail.com "
    "inbox.com,lv,lt gmx.com,net,de,at,ch,us,fr,co.uk,es lycos.com cock.li onionmail.org "
    "mailfence.com disroot.org riseup.net guerrillamail.com yopmail.com mailinator.com "
    "sharklasers.com skiff.com hey.com startmail.com posteo.de,net "
    // Europe
    "web.de freenet.de mail.de email.de laposte.net caramail.com libero.it virgilio.it tiscali.it "
    "inwind.it iol.it seznam.cz email.cz centrum.cz post.cz wp.pl o2.pl onet.pl onet.eu op.pl "
    "interia.pl interia.eu gazeta.pl tlen.pl abv.bg mail.bg freemail.hu citromail.hu azet.sk "
    "centrum.sk sapo.pt walla.com,co.il bluemail.ch "
    // Russia and its neighbours
    "mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru lenta.ru autorambler.ru "
    "yandex.ru,com,by,kz,ua,com.tr ya.ru ukr.net i.ua meta.ua bigmir.net tut.by "
    // Asia
    "qq.com vip.qq.com foxmail.com 163.com,net vip.163.com 126.com,net yeah.net 188.com "
    "sina.com,cn "
    "vip.sina.com sohu.com tom.com 21cn.com 139.com aliyun.com naver.com daum.net hanmail.net "
    "nate.com kakao.com rediffmail.com rediff.com indiatimes.com excite.co.jp,com "
    // The Americas
    "uol.com.br bol.com.br terra.com.br ig.com.br globo.com r7.com zipmail.com.br";

}  // namespace

bool is_free_mailer(const DomainName& name) {
  return listed_domain(kFreeMailers, name) == name;
}

}  // namespace emltrace::trace
