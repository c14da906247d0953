// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/soundcheck.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

Sound soundOf(const Sandbox &sandbox, const QString &name)
{
    constexpr int rate = 44'100;
    const QByteArray plain =
        sandbox
            .run(u"ffmpeg"_s, {u"-v"_s, u"quiet"_s, u"-i"_s, sandbox.path(name), u"-f"_s, u"s16le"_s,
                               u"-ac"_s, u"1"_s, u"-ar"_s, QString::number(rate), u"-"_s})
            .output;
    const auto *samples = reinterpret_cast<const qint16 *>(plain.constData());
    const qsizetype count = plain.size() / 2;
    Sound sound;
    sound.seconds = static_cast<double>(count) / rate;
    const qsizetype first = rate / 2;
    const qsizetype last = count - rate / 2;
    int crossings = 0;
    for (qsizetype i = first + 1; i < last; ++i)
        crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    if (last > first)
        sound.hertz = crossings * static_cast<double>(rate) / static_cast<double>(last - first);
    return sound;
}

QByteArray decoderMessages(const QByteArray &output)
{
    static const QRegularExpression complaint(
        u"invalid|corrupt|resync|lost sync|header missing|junk|overread|underflow|error while|decode error|"
        "desync|broken"_s,
        QRegularExpression::CaseInsensitiveOption);
    QByteArray found;
    for (const QByteArray &line : output.split('\n')) {
        if (complaint.match(QString::fromUtf8(line)).hasMatch())
            found += line + '\n';
    }
    return found;
}

} // namespace cycast::test
