#pragma once

#include <string>
#include <vector>

namespace emltrace::test {

/// Messages of different shape, with CRLF, as signers and canonicalization meet them.
inline std::vector<std::string> message_shapes() {
  const std::string header =
      "From: Joe <joe@example.org>\r\nTo: sue@example.net\r\nSubject: s\r\n"
      "Date: Tue, 14 Nov 2023 22:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n";
  return {
      header + "\r\nHello\r\n",
      header + "\r\n",
      header + "\r\n\r\n\r\n",
      header + "\r\n\r\n\r\nleading empty lines\r\n",
      header + "\r\ntrailing empty lines\r\n\r\n\r\n\r\n",
      header + "\r\nno last line end",
      header + "\r\ntrailing blanks  \t \r\n and\tin \t the  middle\r\n",
      header + "\r\n \r\n\t\r\n  \r\n",
      header + "\r\nends in blanks \r\n \r\n\t\r\n",
      header + "\r\n.\r\n..\r\nFrom here\r\n>From there\r\n",
      header + "\r\n8-bit \xE4\xF6\xFC, UTF-8 \xC3\xA4, NBSP \xC2\xA0 \r\n",
      header + "\r\n" + std::string(1200, 'x') + "\r\n",
      "From: a@example.org\r\nSubject:   much \t  space \t \r\nTo:\r\n\tb@example.net,\r\n"
      "   c@example.net\r\nDate: x\r\nMessage-ID:\r\n <2@example.org>\r\n\r\nx\r\n",
      "FROM: A@example.org\r\nsubject:no space\r\nto:b@example.net\r\nDATE: x\r\n"
      "Message-Id: <3@x>\r\n\r\nx\r\n",
      "Received: by a; x\r\nReceived: by b; y\r\nFrom: a@example.org\r\nTo: b@example.net\r\n"
      "To: c@example.net\r\nSubject: two To\r\nDate: x\r\nMessage-ID: <4@x>\r\n\r\nx\r\n",
      "From: =?utf-8?q?J=C3=B6?= <a@example.org>\r\nTo: \"b; c\" <b@example.net>\r\n"
      "Subject: a;b=c; v=1\r\nDate: x\r\nMessage-ID: <5@x>\r\nX-Empty:\r\n\r\nx\r\n",
      "From: a@example.org\r\nTo: b@example.net\r\nSubject: multipart\r\nDate: x\r\n"
      "Message-ID: <6@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
      "\r\npreamble\r\n--b\r\n\r\npart\r\n--b--\r\nepilogue\r\n",
  };
}

}  // namespace emltrace::test
