// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

/// What every room has to know about text from outside. Pure.
namespace cycast
{

/// ASCII's: C0 and DEL. Of bytes that may be the middle of a character in UTF-8, no other is one for certain.
constexpr bool isControlByte(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

constexpr bool isAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Unicode's: C0, DEL and C1.
constexpr bool isControlCharacter(QChar c)
{
    return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0);
}

/// Characters that look like nothing and turn the line around, or mark its beginning.
constexpr bool isInvisibleCommand(QChar c)
{
    const char16_t unit = c.unicode();
    return (unit >= 0x200e && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x202e) ||
           (unit >= 0x2066 && unit <= 0x2069) || unit == 0xfeff || unit == 0x061c;
}

/// The character that Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters; U+FFFD: none.
char16_t windows1252Character(unsigned char byte);
/// All of them; what Windows-1252 does not have becomes U+FFFD.
QString fromWindows1252(QByteArrayView bytes);

} // namespace cycast
