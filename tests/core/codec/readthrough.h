// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/loudnesscache.h"
#include "core/playlist/reader/trackopener.h"
#include "tests/core/playlist/library/mediafiles.h"

#include <QCoreApplication>
#include <QTemporaryDir>

/// Tracks through the chain that the feeder uses, as fast as it goes.
namespace cycast::test
{

struct ReadThrough {
    FrameBatch all;
    QList<Flicks> starts;  ///< where each track began, by its place in the list
    QStringList problems;  ///< likewise; empty: none
    QList<bool> wasPassed; ///< bit for bit
};

inline PlayoutOptions playout(const StationFormat &format = {})
{
    PlayoutOptions options;
    options.format = format;
    options.codecProgram = codecProgramPath();
    return options;
}

inline void append(FrameBatch &all, const FrameBatch &more)
{
    all.bytes += more.bytes;
    all.frames += more.frames;
}

inline ReadThrough readThrough(const QStringList &paths, const PlayoutOptions &options, LoudnessCache &cache)
{
    constexpr int patienceMs = 60'000; // these machines are busy
    ReadThrough result;
    std::shared_ptr<CodecSession> session;
    for (const QString &path : paths) {
        TrackRequest request;
        request.entry.path = path;
        request.patienceMs = request.measuringMs = patienceMs;
        request.session = session;
        OpenedTrack opened = openTrack(request, options, &cache);
        append(result.all, opened.before);
        session = opened.session;
        result.starts.append(result.all.duration());
        result.wasPassed.append(
            deliveryOf(opened.entry.sound, options.deliveryRules(), knownLufs(opened.entry)).isPassed);
        QString problem = opened.error ? opened.error->sentence : QString();
        while (opened.reader) {
            const auto batch = opened.reader->read(128 * 1024, {patienceMs, patienceMs});
            if (!batch) {
                problem = batch.error().sentence;
                break;
            }
            if (opened.session)
                append(result.all, opened.session->takeBefore());
            if (batch->isEmpty())
                break;
            append(result.all, *batch);
        }
        result.problems.append(problem);
        if (session && session->isBroken())
            session.reset();
    }
    if (session)
        append(result.all, session->finish(patienceMs));
    return result;
}

/// The samples of a file as ffmpeg decodes them: mono or stereo, interleaved.
inline QList<float> decodedSamples(const QString &path, const QStringList &options = {})
{
    QProcess process;
    process.start(QStringLiteral("ffmpeg"),
                  QStringList{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-i"), path} +
                      options +
                      QStringList{QStringLiteral("-f"), QStringLiteral("f32le"), QStringLiteral("-")});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return {};
    const QByteArray bytes = process.readAllStandardOutput();
    QList<float> samples(bytes.size() / 4);
    std::memcpy(samples.data(), bytes.constData(), static_cast<size_t>(samples.size()) * 4);
    return samples;
}

} // namespace cycast::test
