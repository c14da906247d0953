// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filename.h"

#include "core/base/characters.h"

#include <QDir>
#include <QFile>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr char16_t firstEscape = 0xDC80;
constexpr char16_t lastEscape = 0xDCFF;

constexpr bool isEscape(QChar c)
{
    return c.unicode() >= firstEscape && c.unicode() <= lastEscape;
}

/// How many bytes the character at the front has; 0: it is none in UTF-8 (overlong forms, half surrogate
/// pairs and what lies beyond U+10FFFF are none).
qsizetype lengthOfCharacter(QByteArrayView bytes)
{
    const auto byteAt = [bytes](qsizetype i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const unsigned first = byteAt(0);
    const unsigned second = byteAt(1);
    const auto goesOn = [&byteAt](qsizetype i) { return (byteAt(i) & 0xC0) == 0x80; };
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return goesOn(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool isFine = (first != 0xE0 || second >= 0xA0) && (first != 0xED || second <= 0x9F);
        return goesOn(1) && goesOn(2) && isFine ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool isFine = (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second <= 0x8F);
        return goesOn(1) && goesOn(2) && goesOn(3) && isFine ? 4 : 0;
    }
    return 0;
}

/// QString::fromUtf8() takes U+FEFF at the front for a mark; in a name it is part of it.
void appendUtf8(QString &text, QByteArrayView bytes)
{
    while (bytes.startsWith("\xEF\xBB\xBF")) {
        text += QChar(0xFEFF);
        bytes = bytes.sliced(3);
    }
    text += QString::fromUtf8(bytes);
}

/// What the system knows about this user (or one with a name), when it knows one.
QString homeOf(const QByteArray &user)
{
#ifdef Q_OS_UNIX
    const passwd *known = user.isEmpty() ? ::getpwuid(::getuid()) : ::getpwnam(user.constData());
    return known != nullptr && known->pw_dir != nullptr ? pathFromBytes(known->pw_dir) : QString();
#else
    return user.isEmpty() ? QDir::homePath() : QString();
#endif
}

/// "~/x" and "~user/x"; a name that only begins so ("~old", no such user) stays a name.
QString withoutTilde(const QString &path)
{
    if (!path.startsWith(u'~'))
        return path;
    const qsizetype slash = path.indexOf(u'/');
    const QString user = slash < 0 ? path.mid(1) : path.mid(1, slash - 1);
    const QString home = user.isEmpty() ? homeFolder() : homeOf(pathBytes(user));
    return home.isEmpty() ? path : home + (slash < 0 ? QString() : path.mid(slash));
}

} // namespace

QString pathFromBytes(QByteArrayView bytes)
{
    QString path;
    while (!bytes.isEmpty()) {
        qsizetype good = 0;
        for (qsizetype step = 1; step > 0 && good < bytes.size(); good += step)
            step = lengthOfCharacter(bytes.sliced(good));
        appendUtf8(path, bytes.first(good));
        bytes = bytes.sliced(good);
        if (!bytes.isEmpty()) {
            path += QChar(static_cast<char16_t>(0xDC00U | static_cast<unsigned char>(bytes[0])));
            bytes = bytes.sliced(1);
        }
    }
    return path;
}

QByteArray pathBytes(QStringView path)
{
    QByteArray bytes;
    qsizetype from = 0;
    const auto take = [&](qsizetype until) {
#ifdef Q_OS_DARWIN
        bytes += QFile::encodeName(path.sliced(from, until - from).toString());
#else
        bytes += path.sliced(from, until - from).toUtf8();
#endif
    };
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i].isHighSurrogate() && i + 1 < path.size() && path[i + 1].isLowSurrogate()) {
            ++i;
        } else if (isEscape(path[i])) {
            take(i);
            bytes += static_cast<char>(path[i].unicode() & 0xFF);
            from = i + 1;
        }
    }
    take(path.size());
    return bytes;
}

bool hasForeignBytes(QStringView path)
{
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i].isHighSurrogate() && i + 1 < path.size() && path[i + 1].isLowSurrogate())
            ++i;
        else if (isEscape(path[i]))
            return true;
    }
    return false;
}

QString shownPath(const QString &path)
{
    QString shown = QDir::toNativeSeparators(path);
    if (!hasForeignBytes(shown))
        return shown;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (shown[i].isHighSurrogate() && i + 1 < shown.size() && shown[i + 1].isLowSurrogate())
            ++i;
        else if (isEscape(shown[i]))
            shown[i] = QChar(windows1252Character(static_cast<unsigned char>(shown[i].unicode() & 0xFF)));
    }
    return shown;
}

QString shownName(const QString &path)
{
    return shownPath(path.mid(path.lastIndexOf(u'/') + 1));
}

QString joinedPath(const QString &folder, const QString &name)
{
    return folder.endsWith(u'/') ? folder + name : folder + u'/' + name;
}

QUrl fileUrl(const QString &path)
{
    if (!hasForeignBytes(path))
        return QUrl::fromLocalFile(path);
    // QUrl keeps escapes that are no UTF-8 as they are, but makes none.
    return QUrl::fromEncoded("file://" + pathBytes(path).toPercentEncoding("/"));
}

QString pathOfUrl(const QUrl &url)
{
    if (url.scheme() != "file"_L1)
        return {};
    if (url.isLocalFile() && !url.host().isEmpty() && url.host() != "localhost"_L1)
        return url.toLocalFile(); // another computer's share
    const QString path = pathFromBytes(percentDecodedBytes(url.path(QUrl::FullyEncoded).toUtf8()));
    return hasForeignBytes(path) || url.host() == "localhost"_L1 ? path : url.toLocalFile();
}

QString storedPath(const QString &path)
{
    return hasForeignBytes(path) ? QString::fromLatin1(fileUrl(path).toEncoded()) : path;
}

QStringList storedPaths(const QStringList &paths)
{
    QStringList stored;
    for (const QString &path : paths)
        stored.append(storedPath(path));
    return stored;
}

QString pathFromStored(const QString &stored)
{
    return stored.startsWith("file:"_L1) ? pathOfUrl(QUrl(stored)) : stored;
}

QByteArray percentDecodedBytes(QByteArrayView text)
{
    const auto digit = [](char c) {
        if (isAsciiDigit(c))
            return c - '0';
        c = static_cast<char>(c | 0x20);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    QByteArray decoded;
    decoded.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            decoded.append(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
            i += 2;
        } else {
            decoded.append(text[i]);
        }
    }
    return decoded;
}

QString schemeOf(QStringView text)
{
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    const qsizetype colon = text.indexOf(u':');
    if (colon < 2 || colon > 32)
        return {};
    const QStringView scheme = text.first(colon);
    const bool valid = std::all_of(scheme.begin(), scheme.end(), [&](QChar c) {
        return isLetter(c) || (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.';
    });
    if (!valid || !isLetter(scheme[0]))
        return {};
    const bool isFile = scheme.compare(u"file", Qt::CaseInsensitive) == 0;
    return isFile || text.sliced(colon).startsWith(u"://") ? scheme.toString().toLower() : QString();
}

QString homeFolder()
{
    // QDir::homePath() is "/" where a service has no HOME.
    const QString home = pathFromBytes(qgetenv("HOME"));
    if (QDir::isAbsolutePath(home))
        return QDir::cleanPath(home);
    const QString known = homeOf({});
    return QDir::isAbsolutePath(known) ? QDir::cleanPath(known) : QDir::homePath();
}

QString absolutePath(const QString &written, const QString &base)
{
    QString path = written.trimmed();
    if (path.isEmpty())
        return {};
    const QString scheme = schemeOf(path);
    if (!scheme.isEmpty() && scheme != "file"_L1)
        return path;
    if (!scheme.isEmpty()) {
        path = pathFromBytes(percentDecodedBytes(QStringView(path).sliced(5).toUtf8()));
        if (path.startsWith("//localhost/"_L1, Qt::CaseInsensitive))
            path.remove(0, 11);
        else if (path.startsWith("///"_L1))
            path.remove(0, 2);
        if (path.startsWith("/~"_L1)) // nobody's folder in the root, everybody's slip
            path.remove(0, 1);
    }
    path = withoutTilde(QDir::fromNativeSeparators(path));
    return QDir::cleanPath(QDir::isAbsolutePath(path) ? path : QDir(base).absoluteFilePath(path));
}

} // namespace cycast
