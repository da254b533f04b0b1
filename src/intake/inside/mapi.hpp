#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "intake/inside/compound_file.hpp"

/// Properties of a MAPI object as a .msg stores them (MS-OXMSG 2.1, 2.4).
namespace emltrace::mapi {

/// Property ids (MS-OXPROPS).
namespace tag {
inline constexpr std::uint16_t kMessageClass = 0x001A;
inline constexpr std::uint16_t kSubject = 0x0037;
inline constexpr std::uint16_t kClientSubmitTime = 0x0039;
inline constexpr std::uint16_t kSentRepresentingName = 0x0042;
inline constexpr std::uint16_t kSentRepresentingType = 0x0064;
inline constexpr std::uint16_t kSentRepresentingAddress = 0x0065;
inline constexpr std::uint16_t kTransportHeaders = 0x007D;
inline constexpr std::uint16_t kRecipientType = 0x0C15;
inline constexpr std::uint16_t kSenderName = 0x0C1A;
inline constexpr std::uint16_t kSenderType = 0x0C1E;
inline constexpr std::uint16_t kSenderAddress = 0x0C1F;
inline constexpr std::uint16_t kDisplayCc = 0x0E03;
inline constexpr std::uint16_t kDisplayTo = 0x0E04;
inline constexpr std::uint16_t kDeliveryTime = 0x0E06;
inline constexpr std::uint16_t kBody = 0x1000;
inline constexpr std::uint16_t kRtfCompressed = 0x1009;
inline constexpr std::uint16_t kHtml = 0x1013;
inline constexpr std::uint16_t kInternetMessageId = 0x1035;
inline constexpr std::uint16_t kDisplayName = 0x3001;
inline constexpr std::uint16_t kAddressType = 0x3002;
inline constexpr std::uint16_t kEmailAddress = 0x3003;
inline constexpr std::uint16_t kAttachData = 0x3701;
inline constexpr std::uint16_t kAttachFilename = 0x3704;
inline constexpr std::uint16_t kAttachLongFilename = 0x3707;
inline constexpr std::uint16_t kAttachMimeTag = 0x370E;
inline constexpr std::uint16_t kAttachContentId = 0x3712;
inline constexpr std::uint16_t kSmtpAddress = 0x39FE;
inline constexpr std::uint16_t kInternetCodepage = 0x3FDE;
inline constexpr std::uint16_t kMessageCodepage = 0x3FFD;
inline constexpr std::uint16_t kSenderSmtpAddress = 0x5D01;
inline constexpr std::uint16_t kSentRepresentingSmtpAddress = 0x5D02;
inline constexpr std::uint16_t kAttachmentHidden = 0x7FFE;
}  // namespace tag

/// Bytes in front of the first entry of a property stream, by what it belongs to (MS-OXMSG 2.4.1).
enum class Owner : std::uint8_t { file = 32, embedded = 24, other = 8 };

/// Name of the stream or storage of a property: `__substg1.0_` with id and type.
[[nodiscard]] std::string stream_name(std::uint16_t id, std::uint16_t type);
inline constexpr std::uint16_t kUnicode = 0x001F;
inline constexpr std::uint16_t kString8 = 0x001E;
inline constexpr std::uint16_t kBinary = 0x0102;
inline constexpr std::uint16_t kObject = 0x000D;

/// The properties of one object. What is absent or damaged is null.
class Properties {
 public:
  Properties(const compound_file::Storage& storage, Owner owner);

  /// A string in UTF-8: UTF-16, or bytes in the code page of set_codepage(). What follows a zero is
  /// left out. Null where it is empty.
  [[nodiscard]] std::optional<std::string> text(std::uint16_t id,
                                                std::size_t most = kMaxText) const;
  /// A string that is stored as bytes, as those bytes.
  [[nodiscard]] std::optional<std::string> bytes(std::uint16_t id, std::uint16_t type,
                                                 std::size_t most) const;
  [[nodiscard]] std::optional<std::uint32_t> number(std::uint16_t id) const;
  /// A FILETIME, cut to seconds.
  [[nodiscard]] std::optional<Instant> time(std::uint16_t id) const;

  /// The Windows code page of strings of 8 bits; that of the message holds for its recipients and
  /// attachments too.
  void set_codepage(std::uint32_t codepage) { codepage_ = codepage; }
  [[nodiscard]] std::uint32_t codepage() const { return codepage_; }

  static constexpr std::size_t kMaxText = std::size_t{64} << 10;

 private:
  [[nodiscard]] std::optional<std::uint64_t> fixed(std::uint16_t id, std::uint16_t type) const;

  const compound_file::Storage* storage_;
  std::string entries_;  ///< of 16 bytes each
  std::uint32_t codepage_ = kWesternCodepage;

  static constexpr std::uint32_t kWesternCodepage = 1252;
};

}  // namespace emltrace::mapi
