// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// cycast-codec: takes apart, decodes and encodes for the station, behind a wall, so that a file on which a
// decoder crashes, hangs or is taken over costs the stream nothing. The station starts it; its standard input
// and output are one socket, through which files come open.
//
//     cycast-codec session FORMAT...          tracks in, frames out (core/codec/codecrecords.h)
//     cycast-codec copy FORMAT...             the same with the files' own frames
//     cycast-codec live DEMUXER FORMAT...     bytes of a live source in, frames out
//     cycast-codec listen DEMUXER             bytes of a stream in, decoded sound out
//     cycast-codec loudness CHANNELS          a track in, one record out
//     cycast-codec look                       files in, what is in them out
//     cycast-codec probe FILE                 a line of text, for people
//     cycast-codec walls [files|none]         tries to climb all of its own walls, the first, none; for tests
#include "app/codeclimits.h"
#include "core/audio/mpeg/mpegsideinfo.h"
#include "core/base/filename.h"
#include "core/codec/codecrecords.h"
#include "core/codec/helper/coverinside.h"
#include "core/codec/helper/loudnessmeter.h"
#include "core/codec/helper/mediaprobe.h"
#include "core/codec/helper/packetcopier.h"
#include "core/codec/helper/soundgiver.h"
#include "core/codec/helper/trackjoiner.h"
#include "core/codec/helper/wall.h"
#include "core/codec/mediaprober.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

constexpr int exitMisuse = 2;
constexpr int exitNobodyListens = 3;
/// Of the processor: no track takes that long, and a decoder that runs in circles is ended.
constexpr int secondsPerTrack = 600;
/// Likewise for looking into a file.
constexpr int secondsPerLook = 10;
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

bool giveEnd(CodecRecord::Kind kind, const std::optional<TrackError> &why = {})
{
    CodecRecord record;
    record.kind = kind;
    if (why) {
        record.text = why->sentence;
        record.fault = why->kind;
    }
    return give(record);
}

/// What the station asks for, and the files that come with it.
class Commands
{
public:
    std::optional<CodecRecord> next()
    {
        for (;;) {
            if (auto command = m_records.next()) {
                m_name = command->name;
                return command;
            }
            if (!receive() || m_records.isBroken())
                return {};
        }
    }

    /// Of the last command; without a descriptor when none could come.
    TrackFile takeFile()
    {
        TrackFile file = m_files.empty() ? TrackFile(-1, m_name) : TrackFile(m_files.front(), m_name);
        if (!m_files.empty())
            m_files.pop_front();
        return file;
    }

private:
    bool receive()
    {
        std::array<char, 4096> bytes;
        iovec part{bytes.data(), bytes.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> control{};
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t got = ::recvmsg(STDIN_FILENO, &message, 0);
        if (got <= 0)
            return false;
        for (cmsghdr *each = CMSG_FIRSTHDR(&message); each != nullptr; each = CMSG_NXTHDR(&message, each)) {
            if (each->cmsg_level != SOL_SOCKET || each->cmsg_type != SCM_RIGHTS)
                continue;
            const size_t count = (each->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            for (size_t i = 0; i < count; ++i) {
                int descriptor = -1;
                std::memcpy(&descriptor, CMSG_DATA(each) + i * sizeof(int), sizeof(int));
                m_files.push_back(descriptor);
            }
        }
        m_records.feed(QByteArrayView(bytes.data(), got));
        return true;
    }

    CodecRecordReader m_records;
    std::deque<int> m_files;
    QString m_name;
};

std::optional<TrackError> playTrack(TrackJoiner &joiner, const CodecRecord &command, TrackFile file)
{
    if (file.descriptor() < 0)
        return TrackError{
            Core::tr("“%1” could not be handed over: too many files are open.").arg(file.name()),
            TrackFault::Machine};
    auto decoder = Decoder::open(std::move(file));
    if (!decoder)
        return TrackError{decoder.error()};
    (*decoder)->seek(command.offset);
    const auto played = joiner.play(**decoder, command.gainDb, giveFrames, command.fades,
                                    [] { return giveEnd(CodecRecord::Kind::TrackBegin); });
    return played ? std::nullopt : std::optional(played.error());
}

int session(const EncodingOptions &options)
{
    Commands commands;
    std::unique_ptr<TrackJoiner> joiner;
    while (const auto command = commands.next()) {
        allowProcessorTime(secondsPerTrack);
        TrackFile file = commands.takeFile();
        if (!joiner) {
            auto made = TrackJoiner::make(options);
            if (!made) {
                giveEnd(CodecRecord::Kind::TrackEnd,
                        TrackError{Core::tr("Nothing can be encoded: %1.").arg(made.error()),
                                   TrackFault::Machine});
                continue;
            }
            joiner = std::move(*made);
        }
        if (command->kind == CodecRecord::Kind::Track) {
            if (!giveEnd(CodecRecord::Kind::TrackEnd, playTrack(*joiner, *command, std::move(file))))
                return exitNobodyListens;
        } else if (command->kind == CodecRecord::Kind::Finish) {
            giveFrames(joiner->finish());
            joiner.reset();
            giveEnd(CodecRecord::Kind::Finished);
        }
    }
    return 0;
}

std::optional<TrackError> copyTrack(const StationFormat &format, const CodecRecord &command, TrackFile file)
{
    const int steps = static_cast<int>(std::lround(command.gainDb / mpegGainStepDb));
    const auto copier = PacketCopier::open(std::move(file), format, steps);
    if (!copier)
        return TrackError{copier.error()};
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
    Commands commands;
    while (const auto command = commands.next()) {
        allowProcessorTime(secondsPerTrack);
        const bool isTrack = command->kind == CodecRecord::Kind::Track;
        const auto said = isTrack ? copyTrack(options.format, *command, commands.takeFile()) : std::nullopt;
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
        giveEnd(CodecRecord::Kind::TrackEnd, TrackError{joiner ? decoder.error() : joiner.error()});
        return 1;
    }
    const auto played = (*joiner)->play(**decoder, 0.0, giveFrames);
    giveFrames((*joiner)->finish());
    giveEnd(CodecRecord::Kind::TrackEnd, played ? std::nullopt : std::optional(played.error()));
    return 0;
}

/// Decoded as it comes, for the built-in listener.
int listen(const QByteArray &demuxer)
{
    const auto decoder = Decoder::openStream(STDIN_FILENO, demuxer.constData());
    if (!decoder) {
        giveEnd(CodecRecord::Kind::TrackEnd, TrackError{decoder.error()});
        return 1;
    }
    for (Decoder::Piece piece = (*decoder)->read(); piece.frame != nullptr; piece = (*decoder)->read()) {
        const auto sound = soundRecord(*piece.frame, piece.skip);
        if (sound && !give(*sound))
            return exitNobodyListens;
    }
    giveEnd(CodecRecord::Kind::TrackEnd);
    return 0;
}

int loudness(int channels)
{
    Commands commands;
    const auto command = commands.next();
    if (!command || command->kind != CodecRecord::Kind::Track)
        return exitMisuse;
    CodecRecord answer;
    answer.kind = CodecRecord::Kind::Loudness;
    const auto measured = measuredLoudness(commands.takeFile(), channels);
    if (!measured) {
        answer.text = measured.error();
    } else if (*measured) {
        answer.lufs = (*measured)->lufs;
        answer.peakDb = (*measured)->peakDbtp;
        answer.silentEndMs = (*measured)->silentEndMs;
    }
    return give(answer) ? 0 : exitNobodyListens;
}

bool givePicture(const QByteArray &picture)
{
    constexpr qsizetype partBytes = 1024 * 1024;
    CodecRecord part;
    part.kind = CodecRecord::Kind::Picture;
    for (qsizetype at = 0; at < picture.size(); at += partBytes) {
        part.bytes = picture.mid(at, partBytes);
        if (!give(part))
            return false;
    }
    part.bytes.clear();
    return give(part);
}

int look()
{
    Commands commands;
    while (const auto command = commands.next()) {
        allowProcessorTime(secondsPerLook);
        TrackFile file = commands.takeFile();
        bool isHeard = false;
        if (command->kind == CodecRecord::Kind::Look) {
            CodecRecord answer;
            answer.kind = CodecRecord::Kind::Facts;
            answer.facts = probeMedia(std::move(file));
            isHeard = give(answer);
        } else if (command->kind == CodecRecord::Kind::Cover) {
            isHeard = givePicture(coverInside(std::move(file), maxCoverBytes));
        }
        if (!isHeard)
            return exitNobodyListens;
    }
    return 0;
}

int probe(const QString &path)
{
    auto file = TrackFile::at(path);
    shutOutFiles();
    shutOutSystem();
    const auto decoder = file ? Decoder::open(std::move(*file)) : failure(file.error());
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

/// Attempts at what it must not be able to do.
int walls(const QString &which)
{
    if (which != "none"_L1)
        std::printf("Landlock: %s\n", shutOutFiles() ? "yes" : "no");
    if (which.isEmpty())
        std::printf("seccomp: %s\n", shutOutSystem() ? "yes" : "no");
    std::fflush(stdout);
    tryTheWalls(which == "files"_L1);
    return 0;
}

bool isDemuxer(const QString &name)
{
    return name == "mp3"_L1 || name == "aac"_L1 || name == "ogg"_L1;
}

/// The task that the command line names; null: none.
std::function<int()> taskOf(const QStringList &arguments)
{
    const QString task = arguments.value(0);
    const QString second = arguments.value(1);
    const bool isLive = task == "live"_L1;
    if (isLive || task == "session"_L1 || task == "copy"_L1) {
        const auto options = optionsFrom(arguments.mid(isLive ? 2 : 1));
        if (!options || (isLive && !isDemuxer(second)))
            return {};
        if (isLive)
            return [second, options] { return live(second.toLatin1(), *options); };
        return task == "copy"_L1 ? std::function([options] { return copy(*options); })
                                 : std::function([options] { return session(*options); });
    }
    if (task == "listen"_L1 && arguments.size() == 2 && isDemuxer(second))
        return [second] { return listen(second.toLatin1()); };
    if (task == "loudness"_L1 && arguments.size() == 2)
        return [second] { return loudness(qBound(1, second.toInt(), 2)); };
    if (task == "look"_L1 && arguments.size() == 1)
        return look;
    return {};
}

/// How loud music is is measured for later; everything else may be the next that is heard.
Urgency urgencyOf(const QString &task)
{
    if (task == "live"_L1 || task == "listen"_L1)
        return Urgency::RealTime;
    return task == "loudness"_L1 ? Urgency::Background : Urgency::OnAir;
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += pathFromBytes(argv[i]);
    const QString first = arguments.value(0);
    if (first == "walls"_L1)
        return walls(arguments.value(1));
    if (first == "probe"_L1 && arguments.size() == 2) {
        confine(Urgency::Background);
        return probe(arguments[1]);
    }
    const std::function<int()> task = taskOf(arguments);
    if (!task) {
        std::fputs("cycast-codec is started by Cycast Desktop; it is of no use by itself.\n", stderr);
        return exitMisuse;
    }
    confine(urgencyOf(first));
    // The thread that watches the station's end begins between the two: behind the second there are no
    // threads.
    shutOutFiles();
    endWithTheStation();
    shutOutSystem();
    return task();
}
