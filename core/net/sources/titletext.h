// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace cycast
{

/// Bytes of a title from the wire -> text. Valid UTF-8 wins, whatever was announced; otherwise the announced
/// charset (Latin-1 and Windows-1252 names), otherwise Windows-1252.
QString decodedTitle(QByteArrayView bytes, QByteArrayView charset);

/// UTF-8 that some program took for Latin-1 or Windows-1252 and encoded again ("JÃ¼rgen"): the text that was
/// meant. Only where the whole text reads as UTF-8 once more; up to two layers.
QString undoneDoubleEncoding(const QString &text);

/// Percent escapes that are left when the escapes of the address were undone: a program escaped twice
/// ("Sk%C3%A5l%20%26%20co"). Only where the whole text is one that was escaped; "50% off" stays.
QByteArray undoneDoubleEscaping(const QByteArray &bytes);

/// "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;" and numeric references become characters, once; what
/// is none ("R&B", "&#0;") stays.
QString decodedEntities(const QString &text);

/// Control characters (line breaks, escapes, NUL, bidi overrides, byte order marks) go, runs of white space
/// become one space, at most 400 characters, cut between characters.
QString cleanTitle(const QString &text);

/// All of it, in this order: what a title from outside has to go through.
QString repairedTitle(QByteArrayView bytes, QByteArrayView charset = {});

} // namespace cycast
