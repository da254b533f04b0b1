#pragma once

#include <string_view>

namespace emltrace::trace {

/// Words that stand beside a firm's name where the firm itself is meant. Separated by `;`, in small
/// letters without accents.

/// Words of service and warning: they make a name that is also a word or a surname the firm's.
inline constexpr std::string_view kServiceWords =
    // English
    "account;accounts;alert;alerts;bank;banking;online banking;billing;card;cards;credit card;"
    "customer care;customer center;customer service;customer services;customer support;customers;"
    "delivery;express delivery;fraud;fraud alert;helpdesk;help center;help "
    "desk;id;invoice;invoices;"
    "login;member services;membership;notice;notification;notifications;order confirmation;parcel;"
    "package;password;payment;payments;prime;rewards;secure;security;security alert;security "
    "center;"
    "service;services;shipment;sign in;support;support team;tracking;verification;verify;wallet;"
    // German
    "kundenservice;kundendienst;kundencenter;konto;sicherheit;sicherheitsabteilung;rechnung;"
    "rechnungen;benachrichtigung;paket;sendung;zustellung;lieferung;zahlung;zahlungen;service team;"
    // French
    "service client;service clients;securite;compte;facture;facturation;assistance;livraison;colis;"
    "paiement;espace client;conseiller;remboursement;"
    // Spanish, Portuguese, Italian
    "servicio al cliente;atencion al cliente;soporte;seguridad;cuenta;factura;pago;pagos;aviso;"
    "notificacion;notificaciones;paquete;envio;banco;suporte;seguranca;conta;fatura;pagamento;"
    "pagamentos;atendimento;notificacao;servizio clienti;sicurezza;assistenza;fattura;avviso;"
    "notifica;spedizione;"
    // Dutch, Polish, the North
    "klantenservice;beveiliging;rekening;betaling;pakket;bezorging;melding;bezpieczenstwo;"
    "powiadomienie;kundeservice;kundtjanst;sikkerhet;sakerhet;asiakaspalvelu;"
    // Russian, Turkish
    "служба поддержки;поддержка;безопасность;банк;"
    "musteri hizmetleri;destek;guvenlik;"
    // Chinese, Japanese, Korean
    "客服;客服中心;安全中心;支付;账户;帐户;帳戶;通知;提醒;服务;服務;银行;銀行;快递;"
    "サポート;サポートセンター;カスタマーサービス;カスタマーサポート;カスタマーセンター;お知らせ;"
    "お客様サポート;お客様センター;セキュリティ;セキュリティセンター;アカウント;カード;サービス;"
    "重要なお知らせ;ご利用確認;配送;お届け;自動配信;"
    "고객센터;알림;보안;서비스;배송;결제;계정;은행;카드";

/// Words that may stand beside it but say nothing by themselves.
inline constexpr std::string_view kPlainWords =
    "a;ab;ag;ad;ads;admin;administration;administrator;america;and;app;asia;at;au;auto;be;br;"
    "brasil;"
    "business;ca;canada;care;center;centre;ch;china;client;clients;cloud;club;cn;co;com;company;"
    "confirmation;corp;corporate;corporation;customer;de;department;dept;desk;deutschland;digital;"
    "direct;do not reply;donotreply;email;es;espana;eu;europe;express;finance;for;fr;france;from;"
    "gift;gift card;global;gmbh;group;gruppe;grupo;gruppo;help;hk;important;inc;info;information;"
    "international;it;italia;japan;jp;kr;korea;limited;llc;ltd;mail;mailer;mailing;message;"
    "messages;"
    "mexico;mobile;mx;my;net;news;newsletter;nl;no reply;noreply;notify;of;office;official;"
    "online;order;orders;org;outlet;pay;plc;plus;premium;prize;pro;promo;promotions;recovery;"
    "refund;"
    "report;resolution;reward;sa;sales;sarl;sas;se;server;shipping;shop;spa;statement;store;"
    "subscription;survey;system;tax;team;the;to;u.k;uk;unlimited;update;updates;us;usa;user;web;"
    "webmail;winner;your;yours;you;"
    "dein;deine;ihr;ihre;das;die;der;votre;le;la;el;su;tu;il;tuo;equipe;equipo;"
    "有限公司;公司;集团;集團;团队;官方;中国;株式会社;事務局;運営事務局;公式;日本;ジャパン;"
    "プライム;ショップ;株;팀;코리아;주식회사";

}  // namespace emltrace::trace
