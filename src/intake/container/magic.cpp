#include "intake/container/magic.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace emltrace::intake::container {
namespace {

using namespace std::string_view_literals;

// The first row that fits counts: a kind that is built upon another stands above it. What could be
// the beginning of a text is given with enough bytes that no text holds.
constexpr std::array kMagics = std::to_array<Magic>({
    // Archives, and documents that are ZIP archives inside.
    {"[Content_Types].xml"sv, 30, "an Office document", Format::zip},
    {"mimetypeapplication/vnd.oasis.opendocument"sv, 30, "an OpenDocument file", Format::zip},
    {"mimetypeapplication/epub+zip"sv, 30, "an EPUB book", Format::zip},
    {"PK\3\4"sv, 0, "a ZIP archive", Format::zip},
    {"PK\5\6"sv, 0, "a ZIP archive", Format::zip},
    {"PK\7\x08PK\3\4"sv, 0, "a ZIP archive", Format::zip},
    {"PK00PK\3\4"sv, 0, "a ZIP archive", Format::zip},
    {"\x1F\x8B\x08"sv, 0, "a gzip file", Format::gzip},
    {"BZh"sv, 0, "a bzip2 file", Format::bzip2},  // and the digits of pi, see fits()
    {"\xFD\x37zXZ\0"sv, 0, "an xz file", Format::xz},
    {"\x28\xB5\x2F\xFD"sv, 0, "a Zstandard file", Format::zstd},
    {"LZIP\1"sv, 0, "an lzip file", Format::lzip},
    {"\x04\x22\x4D\x18"sv, 0, "an LZ4 file", Format::lz4},
    {"\x1F\x9D"sv, 0, "a compress (.Z) file", Format::compress},
    {"7z\xBC\xAF\x27\x1C"sv, 0, "a 7z archive", Format::seven_zip},
    {"Rar!\x1A\7\0"sv, 0, "a RAR archive", Format::rar},
    {"Rar!\x1A\7\1\0"sv, 0, "a RAR archive", Format::rar5},
    {"MSCF\0\0\0\0"sv, 0, "a cabinet (.cab) archive", Format::cab},
    {"ustar\0"sv, 257, "a tar archive", Format::tar},
    {"ustar  \0"sv, 257, "a tar archive", Format::tar},
    // Stores and documents of mail programs.
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, 0, "an OLE2 file", Format::compound_file},
    {"\x78\x9F\x3E\x22"sv, 0, "a TNEF file (winmail.dat)"},
    {"!BDN"sv, 0, "an Outlook data file (.pst or .ost)"},
    {"\xCF\xAD\x12\xFE"sv, 0, "an Outlook Express folder (.dbx)"},
    {"\xEF\xCD\xAB\x89"sv, 4, "an ESE database"},
    {"\x1A\0\0\4\0\0"sv, 0, "a Notes database (.nsf)"},
    {"// <!-- <mdb:mork:z"sv, 0, "a Mork database"},
    {"bplist0"sv, 0, "a property list"},
    {"SQLite format 3\0"sv, 0, "an SQLite database"},
    {"ElfFile\0"sv, 0, "a Windows event log"},
    {"BEGIN:VCARD"sv, 0, "a vCard"},
    {"BEGIN:VCALENDAR"sv, 0, "a calendar file (iCalendar)"},
    // What is attached to mail, and what lies beside it in a folder.
    {"%PDF-"sv, 0, "a PDF document"},
    {"%!PS-"sv, 0, "a PostScript document"},
    {R"({\rtf)"sv, 0, "an RTF document"},
    {"\x89PNG\r\n\x1A\n"sv, 0, "a PNG picture"},
    {"\xFF\xD8\xFF"sv, 0, "a JPEG picture"},
    {"GIF87a"sv, 0, "a GIF picture"},
    {"GIF89a"sv, 0, "a GIF picture"},
    {"II*\0"sv, 0, "a TIFF picture"},
    {"MM\0*"sv, 0, "a TIFF picture"},
    {"RIFF"sv, 0, "a RIFF file (sound, video or picture)", Format::none, true},
    {"\0\0\1\0"sv, 0, "an icon"},
    {"ftypheic"sv, 4, "a HEIC picture", Format::none, true},
    {"ftyp"sv, 4, "a video (MP4)", Format::none, true},
    {"\x1A\x45\xDF\xA3"sv, 0, "a video (Matroska)"},
    {"OggS\0"sv, 0, "an Ogg file"},
    {"fLaC\0"sv, 0, "a sound (FLAC)"},
    {"ID3\2"sv, 0, "a sound (MP3)"},
    {"ID3\3"sv, 0, "a sound (MP3)"},
    {"ID3\4"sv, 0, "a sound (MP3)"},
    {"\x7F"
     "ELF"sv,
     0, "a program (ELF)"},
    {"MZ\x90\0"sv, 0, "a program for Windows"},
    {"\xCF\xFA\xED\xFE"sv, 0, "a program (Mach-O)"},
    {"\xCA\xFE\xBA\xBE"sv, 0, "a Java class or Mach-O program"},
    {"\0asm"sv, 0, "a program (WebAssembly)"},
    {"L\0\0\0\1\x14\2\0"sv, 0, "a Windows shortcut"},
    {"\0\5\x16\7"sv, 0, "an AppleDouble file"},
    {"\0\0\0\1Bud1"sv, 0, "a .DS_Store file"},
    {"wOFF\0\1\0\0"sv, 0, "a web font"},
    {"wOF2\0\1\0\0"sv, 0, "a web font"},
    {"!<arch>\n"sv, 0, "an archive of ar (.deb, .a)"},
    {"\xED\xAB\xEE\xDB"sv, 0, "an RPM package"},
    {"\xD4\xC3\xB2\xA1"sv, 0, "a network capture (pcap)"},
    {"\xA1\xB2\xC3\xD4"sv, 0, "a network capture (pcap)"},
    {"\x0A\x0D\x0D\x0A"sv, 0, "a network capture (pcapng)"},
    {"HTTP/1."sv, 0, "an HTTP response"},
    {"HTTP/2 "sv, 0, "an HTTP response"},
});

// BZh is the start of many a word: the block mark behind it (or that of the end, in a file of
// nothing) is asked for too.
constexpr std::string_view kBzip2Block = "1AY&SY";
constexpr std::string_view kBzip2End = "\x17\x72\x45\x38\x50\x90";

bool fits(const Magic& magic, std::string_view start) {
  if (start.size() < magic.offset || !start.substr(magic.offset).starts_with(magic.bytes)) {
    return false;
  }
  if (magic.format == Format::bzip2) {
    const std::string_view mark = start.substr(std::min<std::size_t>(start.size(), 4));
    return mark.starts_with(kBzip2Block) || mark.starts_with(kBzip2End);
  }
  if (magic.zero_near && start.substr(0, 16).find('\0') == start.npos) {
    return false;
  }
  return magic.format != Format::zip || start.starts_with("PK");
}

struct TextKind {
  std::string_view words;  ///< at the start, in lower case
  std::string_view name;
};

constexpr std::array kTextKinds = std::to_array<TextKind>({
    {"<!doctype html", "an HTML page"},
    {"<html", "an HTML page"},
    {"<head", "an HTML page"},
    {"<body", "an HTML page"},
    {"<!doctype plist", "a property list"},
    {"<plist", "a property list"},
    {"<svg", "an SVG picture"},
    {"-----begin pgp", "an OpenPGP text"},
    {"-----begin pkcs7", "an S/MIME text"},
    {"-----begin ", "a PEM file"},
    {"#!", "a script"},
    {"<?php", "a script"},
    {"<?xml", "an XML document"},
});

std::string_view kind_by_start(std::string_view text) {
  const auto* found = std::ranges::find_if(
      kTextKinds, [&](const TextKind& kind) { return text::istarts_with(text, kind.words); });
  return found == kTextKinds.end() ? std::string_view() : found->name;
}

// Behind the declaration of XML stands what it is.
std::string_view without_xml_declaration(std::string_view text) {
  const std::size_t end = text::istarts_with(text, "<?xml") ? text.find("?>") : text.npos;
  return end == text.npos ? text : text::trim(text.substr(end + 2));
}

}  // namespace

const Magic* find_magic(std::string_view start) {
  const auto* found =
      std::ranges::find_if(kMagics, [&](const Magic& magic) { return fits(magic, start); });
  return found == kMagics.end() ? nullptr : found;
}

std::string_view text_kind(std::string_view text) {
  text = text::trim(text::without_byte_order_mark(text));
  const std::string_view inner = kind_by_start(without_xml_declaration(text));
  return inner.empty() ? kind_by_start(text) : inner;
}

}  // namespace emltrace::intake::container
