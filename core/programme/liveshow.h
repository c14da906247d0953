// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/liveclock.h"
#include "core/base/monotonic.h"
#include "core/base/sentence.h"
#include "core/net/sources/sourceconnection.h"
#include "core/net/sources/titleupdate.h"
#include "core/programme/liveconverter.h"
#include "core/values/track.h"

#include <deque>
#include <optional>

namespace cycast
{

/// How live sources become the stream.
struct LiveRules {
    Flicks cushion = 0;
    bool converts = true;         ///< into the station's format; otherwise passed as it is
    StationFormat own;            ///< that format
    LiveConverter::Target target; ///< who makes it
    QString titleOfNobody;        ///< of a show that has none
};

/// One piece of a show as it goes into the stream.
struct LivePiece {
    FrameBatch batch;
    StreamFormat format;            ///< of what is passed as it is
    bool isConverted = false;       ///< it is in the station's format
    std::optional<TrackInfo> title; ///< that came within the stream and counts from here on
};

/// One live show, from the source's first byte to the last frame of it that is heard: the connection, its
/// clock, its converter, its titles, and what is ready for the stream. A show that nobody hears yet is a
/// candidate: what is ready waits. When the source has gone, the show is *ending* for as long as its
/// converter still holds some of it; ended() comes behind the last piece. Holds back a source (and the
/// converter) that is faster than real time. Lives in the station's thread.
class LiveShow : public QObject
{
    Q_OBJECT

public:
    /// Takes the source.
    LiveShow(SourceConnection *source, const LiveRules &rules, Clock clock = monotonicNs,
             QObject *parent = nullptr);
    ~LiveShow() override;

    /// After the signals are connected.
    void start();
    void setRules(const LiveRules &rules);
    void setTimeout(double seconds);
    /// Reads what has arrived.
    void readNow();
    /// What arrives may gather with the kernel until readNow(): the round reads on.
    void rest(qint64 nowNs);
    /// At once: ended() follows, and what was still on its way is lost.
    void drop(const Sentence &reason);

    const SourceDescription &description() const { return m_description; }
    LiveClock &clock() { return m_clock; }
    const LiveClock &clock() const { return m_clock; }
    qint64 connectedMs(qint64 nowNs) const { return (nowNs - m_sinceNs) / 1'000'000; }
    qint64 bytesReceived() const { return m_source ? m_source->bytesReceived() : m_bytesReceived; }
    /// The source is there; false while the show is ending.
    bool isConnected() const { return m_source != nullptr; }
    bool isSending(qint64 nowNs) const { return m_source && m_source->isSending(nowNs); }
    /// The source has gone, and all it sent is ready or taken.
    bool hasEnded() const { return m_hasEnded; }
    const Sentence &endReason() const { return m_endReason; }
    /// Nothing of what it sent could be broadcast.
    bool wasUnplayable() const { return m_wasUnplayable; }

    const TrackInfo &title() const { return m_title; }
    const QString &url() const { return m_url; }
    /// From outside the stream. False: it says what is known already.
    bool setTitle(const TitleUpdate &update);

    /// How long the first frame that can be heard plays; 0: none is ready.
    Flicks firstPlayable() const;
    /// The next piece that is ready; nothing: wait for piecesReady().
    std::optional<LivePiece> take();

signals:
    void piecesReady();
    /// Once, last.
    void ended();

private:
    bool mustConvert(const StreamFormat &format) const;
    void takeFromSource(const FrameBatch &batch);
    void route(const FormatRun &run, qint64 nowNs);
    void drained();
    void pass(const FormatRun &run);
    void add(LivePiece piece);
    void takeHeader(QByteArrayView header);
    void pace(qint64 nowNs);
    void sourceEnded(const Sentence &reason);
    void conversionFailed(const Sentence &reason);
    void end();

    SourceConnection *m_source; ///< null: it has gone
    SourceDescription m_description;
    LiveRules m_rules;
    Clock m_now;
    LiveClock m_clock;
    FormatRuns m_runs;
    LiveConverter m_converter;
    std::deque<FormatRun> m_behind; ///< passed as it is, once the converter is empty
    int m_conversionsFailed = 0;
    Flicks m_convertedSince = 0; ///< the last failure
    QTimer m_watch;              ///< over the converter
    std::deque<LivePiece> m_ready;
    TrackInfo m_title;
    QString m_url;                          ///< of the title
    std::optional<TrackInfo> m_titleToCome; ///< found in the stream, for the next piece
    qint64 m_sinceNs;
    qint64 m_bytesReceived = 0; ///< at its end
    Sentence m_endReason;
    bool m_hasEnded = false;
    bool m_wasUnplayable = false;
};

} // namespace cycast
