// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/reader/trackopener.h"

#include "core/audio/mpeg/mpegsideinfo.h"
#include "core/base/log.h"
#include "core/codec/loudnesscache.h"
#include "core/playlist/library/mediafaults.h"
#include "core/playlist/library/mediainfo.h"
#include "core/playlist/reader/encodedreader.h"
#include "core/playlist/reader/passthroughreader.h"
#include "core/values/playlistentry.h"

#include <array>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Files of other kinds can hold what looks like MPEG frames by chance.
bool beginsLikeAnotherKind(const QByteArray &start)
{
    constexpr std::array<const char *, 8> marks{
        "RIFF", "fLaC", "OggS", "FORM", "MAC ", "wvpk", "\x1A\x45\xDF\xA3", "caff"};
    return start.mid(4, 4) == "ftyp" || std::any_of(marks.begin(), marks.end(), [&start](const char *mark) {
               return start.startsWith(mark);
           });
}

/// The part of a file that is sent as it is; what has frames of another kind after that is encoded.
class MixedReader final : public TrackReader
{
public:
    MixedReader(std::unique_ptr<PassThroughReader> passed, std::shared_ptr<CodecSession> session,
                std::shared_ptr<MusicFile> file, double gain)
        : m_passed(std::move(passed))
        , m_session(std::move(session))
        , m_file(std::move(file))
        , m_gainDb(gain)
    {
    }

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) override
    {
        if (m_encoded)
            return m_encoded->read(bytes, patience);
        auto batch = m_passed->read(bytes, patience);
        if (!batch || !batch->isEmpty() || m_passed->leftAt() < 0)
            return batch;
        auto opened = EncodedReader::open(m_session, *m_file, m_passed->leftAt(), m_gainDb);
        if (!opened)
            return tl::unexpected(opened.error());
        m_encoded = std::move(*opened);
        return m_encoded->read(bytes, patience);
    }

private:
    std::unique_ptr<PassThroughReader> m_passed;
    std::unique_ptr<EncodedReader> m_encoded;
    std::shared_ptr<CodecSession> m_session;
    std::shared_ptr<MusicFile> m_file;
    double m_gainDb;
};

/// AAC or Opus that is sent as it is; from where that turns out not to go, it is encoded.
class CopiedReader final : public TrackReader
{
public:
    CopiedReader(std::unique_ptr<EncodedReader> copied, std::shared_ptr<CodecSession> session,
                 std::shared_ptr<MusicFile> file, Flicks offset, double gain)
        : m_reader(std::move(copied))
        , m_session(std::move(session))
        , m_file(std::move(file))
        , m_offset(offset)
        , m_gainDb(gain)
    {
    }

    TrackResult<FrameBatch> read(qint64 bytes, const ReadPatience &patience) override
    {
        auto batch = m_reader->read(bytes, patience);
        if (batch)
            m_given += batch->duration();
        if (batch || m_isEncoded || (m_given > 0 && isPassing(batch.error().kind)))
            return batch;
        m_isEncoded = true;
        auto encoded = EncodedReader::open(m_session, *m_file, m_offset + m_given, m_gainDb);
        if (!encoded)
            return tl::unexpected(encoded.error());
        m_reader = std::move(*encoded);
        return m_reader->read(bytes, patience);
    }

private:
    std::unique_ptr<EncodedReader> m_reader;
    std::shared_ptr<CodecSession> m_session; ///< that encodes
    std::shared_ptr<MusicFile> m_file;
    Flicks m_offset;
    double m_gainDb; ///< of what is encoded
    Flicks m_given = 0;
    bool m_isEncoded = false;
};

/// Nothing: as it is. What was measured is noted in the entry.
std::optional<Loudness> loudnessOf(PlaylistEntry &entry, const MusicFile &file, const PlayoutOptions &options,
                                   int measuringMs, LoudnessCache &cache)
{
    const SoundFacts &sound = entry.sound;
    if (sound.taggedLufs != 0.0)
        return Loudness{sound.taggedLufs, sound.taggedPeakDb};
    const QString path = entry.path;
    if (const auto known = cache.find(path, options.format.channels)) {
        entry = withLoudness(std::move(entry), known->loudness);
        return known->loudness;
    }
    const auto measured = measureLoudness(options.codecProgram, file, options.format.channels, measuringMs);
    if (!measured) {
        qCInfo(lcPlaylist).noquote() << u"Not levelled: %1."_s.arg(measured.error().sentence);
        return {};
    }
    cache.insert(path, options.format.channels, *measured);
    entry = withLoudness(std::move(entry), *measured);
    return *measured;
}

/// Tags, kind and length, where nobody has looked yet or another program changed the file since.
void lookAgain(OpenedTrack &opened, const MusicFile &file, int patienceMs)
{
    PlaylistEntry &entry = opened.entry;
    const bool hasChanged = entry.tagsRead && entry.stamp.isKnown() && entry.stamp != file.stamp();
    if (entry.tagsRead && !hasChanged && !entry.sound.codec.isEmpty())
        return;
    MediaLook look = lookAtMedia(entry, file, patienceMs);
    if (look.passing)
        return;              // what is known has to do
    look.entry.problem = {}; // whether it plays shows itself now
    look.entry.fault = EntryFault::None;
    if (!entry.tagsRead || hasChanged) {
        opened.wasLooked = true;
        entry = withKnownLoudness(std::move(look.entry));
    } else {
        entry.sound = look.entry.sound;
    }
}

/// The file's own frames. Null: it has none that could be passed. An error: it cannot be said now.
TrackResult<std::unique_ptr<PassThroughReader>> framesOf(const std::shared_ptr<MusicFile> &file,
                                                         const SoundFacts &sound, int patienceMs)
{
    if (!sound.codec.isEmpty() && sound.codec != "mp3"_L1)
        return nullptr;
    const auto start = file->read(0, 12, patienceMs);
    if (!start)
        return tl::unexpected(start.error());
    if (beginsLikeAnotherKind(*start))
        return nullptr;
    auto reader = PassThroughReader::open(file, patienceMs);
    if (!reader && !isPassing(reader.error().kind))
        return nullptr;
    return reader;
}

/// The encoder of the track before goes on when it can; otherwise it ends, and another one begins.
void useSession(OpenedTrack &opened, const TrackPlan &plan, const TrackRequest &request,
                const PlayoutOptions &options)
{
    const bool canGoOn = opened.session && plan.way == TrackPlan::Way::Encoded &&
                         !opened.session->isBroken() &&
                         opened.session->options() == options.encodingOptions() && !request.continues;
    if (opened.session && !canGoOn) {
        opened.before = opened.session->finish(request.patienceMs);
        opened.session.reset();
    }
    if (!opened.session)
        opened.session = std::make_shared<CodecSession>(options.codecProgram, options.encodingOptions());
    opened.session->setFades(request.fades);
}

std::unique_ptr<TrackReader> passedReader(std::unique_ptr<PassThroughReader> passed, const TrackPlan &plan,
                                          const TrackRequest &request, const PlayoutOptions &options,
                                          std::shared_ptr<CodecSession> session,
                                          std::shared_ptr<MusicFile> file)
{
    // Cut out of frames of its own it goes on with the next one; out of encoded ones it has to join anew.
    const Flicks frame = passed->frameDuration();
    if (request.continues && frame > 0 && request.offset % frame == 0)
        passed->continueAt(request.offset);
    else if (request.offset > 0)
        passed->seek(request.offset);
    passed->setOnly(options.format.sampleRate, options.format.channels);
    passed->setGainSteps(plan.gainSteps);
    return std::make_unique<MixedReader>(std::move(passed), std::move(session), std::move(file), plan.gainDb);
}

/// Null: that does not go.
std::unique_ptr<TrackReader> copiedReader(const TrackPlan &plan, const TrackRequest &request,
                                          const PlayoutOptions &options,
                                          std::shared_ptr<CodecSession> encoding,
                                          std::shared_ptr<MusicFile> file)
{
    auto copying = std::make_shared<CodecSession>(options.codecProgram, options.encodingOptions(),
                                                  CodecSession::Task::Copy);
    auto copied =
        EncodedReader::open(std::move(copying), *file, request.offset, plan.gainSteps * mpegGainStepDb);
    if (!copied)
        return nullptr;
    return std::make_unique<CopiedReader>(std::move(*copied), std::move(encoding), std::move(file),
                                          request.offset, plan.gainDb);
}

} // namespace

OpenedTrack openTrack(TrackRequest request, const PlayoutOptions &options, LoudnessCache *cache)
{
    OpenedTrack opened;
    opened.entry = request.entry;
    opened.session = request.session;
    const auto isThere = MusicFile::open(request.entry.path, request.diskPatienceMs);
    if (!isThere) {
        opened.error = isThere.error();
        return opened;
    }
    const std::shared_ptr<MusicFile> &file = *isThere;
    lookAgain(opened, *file, request.patienceMs);
    auto passed = framesOf(file, opened.entry.sound, request.diskPatienceMs);
    if (!passed) {
        opened.error = passed.error();
        return opened;
    }
    const std::optional<SoundFacts> framed = *passed ? std::optional((*passed)->facts()) : std::nullopt;
    opened.entry.sound = factsOf(opened.entry.sound, framed ? &*framed : nullptr);
    std::optional<Loudness> loudness;
    if (options.loudness.levels)
        loudness = loudnessOf(opened.entry, *file, options, request.measuringMs,
                              cache == nullptr ? LoudnessCache::shared() : *cache);
    const TrackPlan plan = planTrack(opened.entry, framed.has_value(), loudness, options);
    useSession(opened, plan, request, options);
    if (plan.way == TrackPlan::Way::Passed)
        opened.reader = passedReader(std::move(*passed), plan, request, options, opened.session, file);
    else if (plan.way == TrackPlan::Way::Copied)
        opened.reader = copiedReader(plan, request, options, opened.session, file);
    if (opened.reader)
        return opened;
    auto encoded = EncodedReader::open(opened.session, *file, request.offset, plan.gainDb);
    if (encoded)
        opened.reader = std::move(*encoded);
    else
        opened.error = encoded.error();
    return opened;
}

} // namespace cycast
