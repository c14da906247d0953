// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>
#include <QUrl>

/// Names of files. To the system a name is bytes; to this program it is text, in which every byte that
/// belongs to no UTF-8 stands as one of U+DC80 to U+DCFF (half a surrogate pair, which no true text has). So
/// names from old disks and archives go through the whole program and come out as the bytes they were. Qt's
/// own QFile, QDir and QFileInfo lose such bytes: what touches the disk goes through core/base/filesystem.h.
/// Pure, but for homeFolder().
namespace cycast
{

/// The system's bytes -> the path as it is held here.
QString pathFromBytes(QByteArrayView bytes);
/// And back: exactly the bytes that it came from.
QByteArray pathBytes(QStringView path);
/// Whether it holds bytes that are no UTF-8.
bool hasForeignBytes(QStringView path);

/// For people: such bytes as Windows-1252's letters, in the system's own way of writing places.
QString shownPath(const QString &path);
/// Likewise the last part of it.
QString shownName(const QString &path);

/// "folder/name", also below the root.
QString joinedPath(const QString &folder, const QString &name);

/// A file: address with the path's own bytes.
QUrl fileUrl(const QString &path);
/// The path in a file: address (file:/x, file:///x, file://localhost/x), its bytes kept; empty when it is
/// another address.
QString pathOfUrl(const QUrl &url);

/// A path as text that any file can hold (JSON knows no half surrogate pairs): itself, or as a file: address.
/// And back.
QString storedPath(const QString &path);
QStringList storedPaths(const QStringList &paths);
QString pathFromStored(const QString &stored);

/// The bytes with their percent escapes undone; signs that begin no escape stay.
QByteArray percentDecodedBytes(QByteArrayView text);

/// The scheme of "scheme://..." and "file:/...", in lower case; empty when it is no address. One letter is a
/// drive, no scheme.
QString schemeOf(QStringView text);

/// As people write a place in a file or on the command line: "~", "~/Music", "file:///home/dj/My%20Music", a
/// path relative to `base`. Absolute and clean; an empty one stays empty, and an address that is no file:
/// stays as it is.
QString absolutePath(const QString &written, const QString &base);
/// $HOME, or where the system's own list of users has it.
QString homeFolder();

} // namespace cycast
