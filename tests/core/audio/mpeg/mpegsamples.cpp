// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/audio/mpeg/mpegsamples.h"

#include <QProcess>
#include <QtEndian>

namespace cycast::test
{

namespace
{

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray randomBytes(qsizetype count, QRandomGenerator &random)
{
    QByteArray bytes(count, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

QByteArray id3v1(const QByteArray &title)
{
    QByteArray tag = "TAG" + title;
    tag.resize(128, '\0');
    return tag;
}

QByteArray id3v2(qsizetype payloadBytes, bool footer, char filler)
{
    QByteArray size(4, '\0');
    for (int i = 0; i < 4; ++i)
        size[3 - i] = static_cast<char>(payloadBytes >> (7 * i) & 0x7F);
    const QByteArray rest =
        QByteArray(1, '\x04') + QByteArray(1, '\0') + QByteArray(1, footer ? '\x10' : '\0') + size;
    QByteArray tag = "ID3" + rest + QByteArray(payloadBytes, filler);
    if (footer)
        tag += "3DI" + rest;
    return tag;
}

QByteArray apeTag(qsizetype itemBytes, bool withHeader)
{
    const auto block = [&](quint32 flags) {
        return "APETAGEX" + littleEndian(withHeader ? 2000 : 1000) +
               littleEndian(static_cast<quint32>(itemBytes + 32)) + littleEndian(1) + littleEndian(flags) +
               QByteArray(8, '\0');
    };
    const QByteArray items(itemBytes, '\x21');
    return (withHeader ? block(0xA0000000U) : QByteArray()) + items + block(withHeader ? 0x80000000U : 0);
}

QByteArray lyrics3v1(const QByteArray &text)
{
    return "LYRICSBEGIN" + text + "LYRICSEND";
}

QByteArray lyrics3v2(const QByteArray &text)
{
    const QByteArray fields = "IND00002"
                              "10"
                              "LYR" +
                              QByteArray::number(text.size()).rightJustified(5, '0') + text;
    const QByteArray body = "LYRICSBEGIN" + fields;
    return body + QByteArray::number(body.size()).rightJustified(6, '0') + "LYRICS200";
}

ProgramResult runProgram(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted())
        return {-1, {}, process.errorString().toUtf8()};
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace cycast::test
