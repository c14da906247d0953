// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/mpeg/mpegframer.h"

#include <QFile>
#include <QProcess>
#include <QTest>

/// Files for the tests, made by the real ffmpeg.
namespace mediafiles
{

using namespace Qt::Literals::StringLiterals;

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

constexpr int longestRunMs = 180'000; ///< of one program, three hours of sound included

/// Everything the program says, or "" when it ended well and was silent.
inline QByteArray run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(longestRunMs))
        return "did not end: " + process.errorString().toUtf8();
    const QByteArray said = process.readAll();
    return process.exitCode() == 0 ? said
                                   : "exit code " + QByteArray::number(process.exitCode()) + ": " + said;
}

/// A tone that moves, with some noise, so that VBR has something to vary.
inline QByteArray encode(const QString &path, const QStringList &options, double seconds = 6.0)
{
    const QString source =
        u"aevalsrc=0.4*sin(2*PI*(220+60*t)*t)*(0.3+0.7*mod(t\\,1))+0.05*random(0)|0.4*sin(2*PI*330*t):s=44100:d=%1"_s
            .arg(seconds);
    return run(u"ffmpeg"_s, QStringList{u"-v"_s, u"error"_s, u"-y"_s, u"-f"_s, u"lavfi"_s, u"-i"_s, source} +
                                options + QStringList{path});
}

/// Whether ffmpeg decodes `path` without a word.
inline QByteArray decode(const QString &path)
{
    return run(u"ffmpeg"_s, {u"-v"_s, u"error"_s, u"-xerror"_s, u"-err_detect"_s, u"crccheck+bitstream"_s,
                             u"-i"_s, path, u"-f"_s, u"null"_s, u"-"_s});
}

inline cycast::FrameBatch framesOf(const QString &path)
{
    cycast::MpegFramer framer;
    cycast::FrameBatch batch;
    framer.feed(contentOf(path), batch);
    framer.finish(batch);
    return batch;
}

inline QByteArray id3v1(const QByteArray &title, const QByteArray &artist, const QByteArray &album)
{
    const auto field = [](const QByteArray &text, qsizetype size) {
        return text.leftJustified(size, '\0', true);
    };
    return "TAG" + field(title, 30) + field(artist, 30) + field(album, 30) + field("1999", 4) +
           field("", 30) + QByteArray(1, '\xFF');
}

/// APEv2 without header, items of text.
inline QByteArray apeTag(const QList<std::pair<QByteArray, QByteArray>> &items)
{
    const auto number = [](quint32 value) {
        QByteArray bytes;
        for (int i = 0; i < 4; ++i)
            bytes.append(static_cast<char>(value >> (8 * i)));
        return bytes;
    };
    QByteArray body;
    for (const auto &[key, value] : items)
        body += number(static_cast<quint32>(value.size())) + number(0) + key + '\0' + value;
    return body + "APETAGEX" + number(2000) + number(static_cast<quint32>(body.size() + 32)) +
           number(static_cast<quint32>(items.size())) + number(0) + QByteArray(8, '\0');
}

} // namespace mediafiles
