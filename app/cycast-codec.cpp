// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycast-codec: decodes and encodes for the station, apart from it, so that a file on which a decoder crashes
// or hangs costs the stream nothing. The station starts it; its standard input and output are one socket.
//
//     cycast-codec session FORMAT...          tracks in, frames out (core/codec/codecrecords.h)
//     cycast-codec copy FORMAT...             the same with the files' own frames
//     cycast-codec live DEMUXER FORMAT...     bytes of a live source in, frames out
//     cycast-codec loudness FILE CHANNELS     one record
//     cycast-codec probe FILE                 a line of text, for people
#include "app/codeclimits.h"
#include "core/audio/mpeg/mpegsideinfo.h"
#include "core/base/filename.h"
#include "core/codec/codecrecords.h"
#include "core/codec/helper/loudnessmeter.h"
#include "core/codec/helper/packetcopier.h"
#include "core/codec/helper/trackjoiner.h"

#include <cmath>
#include <cstdio>
#include <cstring>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

constexpr int exitMisuse = 2;
constexpr int exitNobodyListens = 3;
constexpr qsizetype copiedAtATime = 16 * 1024;

bool writeAll(const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written =
            ::write(STDOUT_FILENO, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written <= 0)
            return false;
        done += written;
    }
    return true;
}

bool give(const CodecRecord &record)
{
    return writeAll(encodeRecord(record));
}

bool giveFrames(const FrameBatch &batch)
{
    CodecRecord record;
    record.kind = CodecRecord::Kind::Frames;
    record.batch = batch;
    return batch.isEmpty() || give(record);
}

bool giveEnd(CodecRecord::Kind kind, const QString &text = {})
{
    CodecRecord record;
    record.kind = kind;
    record.text = text;
    return give(record);
}

std::optional<CodecRecord> nextCommand(CodecRecordReader &commands)
{
    QByteArray bytes(4096, Qt::Uninitialized);
    for (;;) {
        if (auto command = commands.next())
            return command;
        const ssize_t got = ::read(STDIN_FILENO, bytes.data(), static_cast<size_t>(bytes.size()));
        if (got <= 0 || commands.isBroken())
            return {};
        commands.feed(QByteArrayView(bytes).first(got));
    }
}

QString playTrack(TrackJoiner &joiner, const CodecRecord &command)
{
    auto decoder = Decoder::open(command.path);
    if (!decoder)
        return decoder.error();
    (*decoder)->seek(command.offset);
    const auto played = joiner.play(**decoder, command.gainDb, giveFrames, command.fades,
                                    [] { return giveEnd(CodecRecord::Kind::TrackBegin); });
    return played ? QString() : played.error();
}

int session(const EncodingOptions &options)
{
    CodecRecordReader commands;
    std::unique_ptr<TrackJoiner> joiner;
    while (const auto command = nextCommand(commands)) {
        allowProcessorTime();
        if (!joiner) {
            auto made = TrackJoiner::make(options);
            if (!made) {
                giveEnd(CodecRecord::Kind::TrackEnd, u"Nothing can be encoded: %1."_s.arg(made.error()));
                continue;
            }
            joiner = std::move(*made);
        }
        if (command->kind == CodecRecord::Kind::Track) {
            if (!giveEnd(CodecRecord::Kind::TrackEnd, playTrack(*joiner, *command)))
                return exitNobodyListens;
        } else if (command->kind == CodecRecord::Kind::Finish) {
            giveFrames(joiner->finish());
            joiner.reset();
            giveEnd(CodecRecord::Kind::Finished);
        }
    }
    return 0;
}

QString copyTrack(const StationFormat &format, const CodecRecord &command)
{
    const int steps = static_cast<int>(std::lround(command.gainDb / mpegGainStepDb));
    const auto copier = PacketCopier::open(command.path, format, steps);
    if (!copier)
        return copier.error();
    (*copier)->seek(command.offset);
    FrameBatch batch;
    for (bool goesOn = true; goesOn;) {
        goesOn = (*copier)->read(batch);
        if ((batch.bytes.size() >= copiedAtATime || !goesOn) && !giveFrames(std::exchange(batch, {})))
            break;
    }
    return (*copier)->problem();
}

int copy(const EncodingOptions &options)
{
    CodecRecordReader commands;
    while (const auto command = nextCommand(commands)) {
        allowProcessorTime();
        const bool isTrack = command->kind == CodecRecord::Kind::Track;
        const QString said = isTrack ? copyTrack(options.format, *command) : QString();
        if (!giveEnd(isTrack ? CodecRecord::Kind::TrackEnd : CodecRecord::Kind::Finished, said))
            return exitNobodyListens;
    }
    return 0;
}

int live(const QByteArray &demuxer, const EncodingOptions &options)
{
    auto joiner = TrackJoiner::make(options);
    auto decoder = Decoder::openStream(STDIN_FILENO, demuxer.constData());
    if (!joiner || !decoder) {
        giveEnd(CodecRecord::Kind::TrackEnd, joiner ? decoder.error() : joiner.error());
        return 1;
    }
    const auto played = (*joiner)->play(**decoder, 0.0, giveFrames);
    giveFrames((*joiner)->finish());
    giveEnd(CodecRecord::Kind::TrackEnd, played ? QString() : played.error());
    return 0;
}

int loudness(const QString &path, int channels)
{
    CodecRecord answer;
    answer.kind = CodecRecord::Kind::Loudness;
    const auto measured = measuredLoudness(path, channels);
    if (!measured) {
        answer.text = measured.error();
    } else if (*measured) {
        answer.lufs = (*measured)->lufs;
        answer.peakDb = (*measured)->peakDbtp;
        answer.silentEndMs = (*measured)->silentEndMs;
    }
    return give(answer) ? 0 : exitNobodyListens;
}

int probe(const QString &path)
{
    const auto decoder = Decoder::open(path);
    if (!decoder) {
        std::fprintf(stderr, "%s\n", qPrintable(decoder.error()));
        return 1;
    }
    qint64 samples = 0;
    int rate = 0;
    int channels = 0;
    for (Decoder::Piece piece = (*decoder)->read(); piece.frame != nullptr; piece = (*decoder)->read()) {
        const DecodedKind kind = kindOf(*piece.frame);
        samples += kind.samples;
        rate = kind.sampleRate;
        channels = kind.channels;
    }
    std::printf("%lld samples, %d Hz, %d channels\n", static_cast<long long>(samples), rate, channels);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += pathFromBytes(argv[i]);
    const QString task = arguments.value(0);
    const auto options = optionsFrom(arguments.mid(task == "live"_L1 ? 2 : 1));
    const bool isLive = task == "live"_L1 && options;
    if (!(isLive || ((task == "session"_L1 || task == "copy"_L1) && options) ||
          (task == "loudness"_L1 && arguments.size() == 3) ||
          (task == "probe"_L1 && arguments.size() == 2))) {
        std::fputs("cycast-codec is started by Cycast Desktop; it is of no use by itself.\n", stderr);
        return exitMisuse;
    }
    confine(isLive ? Urgency::RealTime : Urgency::Background);
    if (task != "probe"_L1)
        endWithTheStation();
    if (isLive)
        return live(arguments[1].toLatin1(), *options);
    if (task == "session"_L1)
        return session(*options);
    if (task == "copy"_L1)
        return copy(*options);
    if (task == "probe"_L1)
        return probe(arguments[1]);
    return loudness(arguments[1], qBound(1, arguments[2].toInt(), 2));
}
