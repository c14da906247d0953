// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/programme/livestage.h"

#include "core/base/log.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr size_t mostWaitingUploads = 4;

} // namespace

LiveStage::LiveStage(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
}

void LiveStage::letGo(std::unique_ptr<LiveShow> show)
{
    if (show)
        show.release()->deleteLater();
}

void LiveStage::setRules(const LiveRules &rules)
{
    m_rules = rules;
    if (m_live)
        m_live->setRules(rules);
    for (const std::unique_ptr<LiveShow> &show : m_waiting)
        show->setRules(rules);
}

void LiveStage::setTimeout(double seconds)
{
    if (m_live)
        m_live->setTimeout(seconds);
    for (const std::unique_ptr<LiveShow> &show : m_waiting)
        show->setTimeout(seconds);
}

void LiveStage::add(SourceConnection *source)
{
    if (!m_waiting.empty() && (m_waiting.back()->isConnected() || m_waiting.size() >= mostWaitingUploads)) {
        std::unique_ptr<LiveShow> previous = std::move(m_waiting.back());
        m_waiting.pop_back();
        previous->disconnect(this);
        previous->drop(Core::tr("another source took its place"));
        letGo(std::move(previous));
    }
    m_waiting.push_back(std::make_unique<LiveShow>(source, m_rules, m_clock));
    LiveShow *show = m_waiting.back().get();
    connect(show, &LiveShow::piecesReady, this, [this, show] {
        if (show == m_live.get())
            emit piecesReady();
        else
            emit changed();
    });
    connect(show, &LiveShow::ended, this, [this, show] { showEnded(show); });
    show->start();
}

LiveShow *LiveStage::connected() const
{
    if (m_live && m_live->isConnected())
        return m_live.get();
    return !m_waiting.empty() && m_waiting.back()->isConnected() ? m_waiting.back().get() : nullptr;
}

bool LiveStage::isFollowed() const
{
    return !m_waiting.empty() &&
           (m_waiting.front()->firstPlayable() > 0 || !m_waiting.front()->isConnected());
}

std::unique_ptr<LiveShow> LiveStage::promote()
{
    std::unique_ptr<LiveShow> previous = std::exchange(m_live, std::move(m_waiting.front()));
    m_waiting.pop_front();
    if (previous)
        previous->disconnect(this);
    return previous;
}

void LiveStage::showEnded(const LiveShow *show)
{
    if (show == m_live.get()) {
        emit changed();
    } else if (!m_waiting.empty() && show == m_waiting.front().get()) {
        if (show->firstPlayable() == 0)
            dropFirst();
        emit changed(); // heard now, or in its turn, or whoever comes behind it
    } else if (show->firstPlayable() == 0) {
        // Not the first in the row, and nothing to be heard.
        std::erase_if(m_waiting, [show](std::unique_ptr<LiveShow> &one) {
            const bool isMeant = one.get() == show;
            if (isMeant)
                letGo(std::move(one));
            return isMeant;
        });
    }
}

// Nothing came of it.
void LiveStage::dropFirst()
{
    std::unique_ptr<LiveShow> gone = std::move(m_waiting.front());
    m_waiting.pop_front();
    const SourceDescription who = gone->description();
    qCInfo(lcSource).noquote()
        << Core::tr("%1 left before any of it was heard: %2.").arg(who.address, gone->endReason());
    emit leftUnheard(who, gone->endReason(), gone->wasUnplayable());
    letGo(std::move(gone));
}

void LiveStage::drop(const Sentence &reason)
{
    for (std::unique_ptr<LiveShow> &show : std::exchange(m_waiting, {})) {
        show->disconnect(this);
        show->drop(reason);
        letGo(std::move(show));
    }
    if (m_live && !m_live->hasEnded())
        m_live->drop(reason);
    else if (m_live)
        emit changed(); // it was only waited for by those that are gone
}

bool LiveStage::setTitle(const TitleUpdate &update)
{
    LiveShow *show = m_waiting.empty() ? m_live.get() : m_waiting.back().get();
    return show && show->setTitle(update) && show == m_live.get();
}

StageView LiveStage::view(qint64 nowNs)
{
    // Audio rests with the kernel between rounds; who has hung up meanwhile holds no place.
    if (!m_waiting.empty())
        m_waiting.back()->readNow();
    if (m_live)
        m_live->readNow();
    const LiveShow *show =
        !m_waiting.empty() && m_waiting.back()->isConnected() ? m_waiting.back().get() : connected();
    if (!show)
        return {};
    const SourceDescription &who = show->description();
    return {true, show->isSending(nowNs),
            u"%1, %2"_s.arg(who.address, who.program.isEmpty() ? u"unnamed program"_s : who.program)};
}

SourceStatus LiveStage::status(qint64 nowNs) const
{
    const LiveShow *show = connected();
    if (!show)
        return {};
    const SourceDescription &who = show->description();
    SourceStatus status;
    status.connected = true;
    status.address = who.address;
    status.program = who.program;
    status.name = who.name;
    status.connectedMs = show->connectedMs(nowNs);
    status.bytesReceived = show->bytesReceived();
    status.lateSeconds = secondsOf(show->clock().lateness(nowNs));
    status.cushionSeconds = secondsOf(show->clock().cushion());
    return status;
}

} // namespace cycast
