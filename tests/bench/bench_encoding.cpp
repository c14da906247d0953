// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What encoding one stream costs: music is encoded by the helper program as fast as it goes, and its
// processor time is set against how long the music plays. Beside it what it costs to change the level of AAC
// without that. Prints JSON; ends with 1 when it is too much.
//   --seconds N   of music (120)   --kbps N (128)   --most PERCENT of one core (3)
#include "core/audio/aac/aacgain.h"
#include "core/codec/codecsession.h"
#include "tests/bench/options.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <cmath>
#include <cstdio>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

constexpr int rate = 44100;

/// 16 bit stereo: chords that move, over noise.
bool writeMusic(const QString &path, int seconds)
{
    const auto number = [](quint32 value, int bytes) {
        const quint32 little = qToLittleEndian(value);
        return QByteArray(reinterpret_cast<const char *>(&little), bytes);
    };
    const quint32 size = static_cast<quint32>(seconds) * rate * 4;
    QByteArray bytes = "RIFF" + number(size + 36, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
                       number(2, 2) + number(rate, 4) + number(rate * 4, 4) + number(4, 2) + number(16, 2) +
                       "data" + number(size, 4);
    bytes.reserve(bytes.size() + static_cast<qsizetype>(size));
    std::mt19937 random(1);
    std::uniform_real_distribution<double> noise(-0.05, 0.05);
    for (int i = 0; i < seconds * rate; ++i) {
        const double t = static_cast<double>(i) / rate;
        const double note = 220.0 * std::pow(2.0, std::floor(t * 2) / 12.0 - std::floor(t / 6));
        const double chord =
            std::sin(6.2831853 * note * t) + std::sin(7.8539816 * note * t) + std::sin(9.4247779 * note * t);
        for (const double side : {0.2, 0.16}) {
            const double sample = side * chord * (1.0 - std::fmod(t * 2, 1.0)) + noise(random);
            bytes += number(static_cast<quint32>(static_cast<qint32>(sample * 32000.0)), 2);
        }
    }
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

double childrenSeconds()
{
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// The file as one stream; nothing: it could not be encoded.
FrameBatch encoded(const QString &music, const EncodingOptions &encoding)
{
    constexpr int patienceMs = 60'000;
    FrameBatch all;
    CodecSession session(codecProgramPath(), encoding);
    const auto file = MusicFile::open(music);
    const auto begun = file ? session.begin(**file, 0, 0.0) : tl::unexpected(file.error());
    if (!begun) {
        std::fprintf(stderr, "bench_encoding: %s\n", qPrintable(begun.error().sentence));
        return {};
    }
    for (bool isAtEnd = false; !isAtEnd;) {
        const auto output = session.next(64 * 1024, patienceMs);
        if (!output)
            return {};
        all.bytes += output->batch.bytes;
        all.frames += output->batch.frames;
        isAtEnd = output->trackEnded;
    }
    return all;
}

/// Of one core, while it plays.
double gainPercent(const FrameBatch &aac)
{
    QElapsedTimer watch;
    watch.start();
    qsizetype at = 0;
    int steps = 0;
    for (const FrameInfo &frame : aac.frames) {
        if (!withAdtsGain(QByteArrayView(aac.bytes).sliced(at, frame.size), ++steps % 7 - 3))
            return 100.0;
        at += frame.size;
    }
    return 100.0 * static_cast<double>(watch.nsecsElapsed()) / 1e9 / secondsOf(aac.duration());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const bench::Options options(argc, argv);
    const QTemporaryDir folder;
    const QString music = folder.filePath(u"music.wav"_s);
    EncodingOptions encoding;
    encoding.format.bitrateKbps = options.integer("kbps", 128);
    if (!writeMusic(music, options.integer("seconds", 120)))
        return 2;
    const double before = childrenSeconds();
    const double seconds = secondsOf(encoded(music, encoding).duration());
    if (seconds == 0.0)
        return 2;
    ::waitpid(-1, nullptr, 0); // its time counts when it has been waited for
    const double percent = 100.0 * (childrenSeconds() - before) / seconds;
    encoding.format.codec = StationCodec::Aac;
    const FrameBatch aac = encoded(music, encoding);
    if (aac.isEmpty())
        return 2;
    std::printf("{\"seconds\": %.1f, \"kbps\": %d, \"encoding_cpu_percent\": %.2f, "
                "\"aac_gain_cpu_percent\": %.4f}\n",
                seconds, encoding.format.bitrateKbps, percent, gainPercent(aac));
    return percent <= options.number("most", 3.0) ? 0 : 1;
}
