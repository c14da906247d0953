// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/listenerstate.h"

#include <cstdlib>
#include <cstring>
#include <string_view>

namespace bench
{

void ListenerState::begin(std::int64_t connectNs)
{
    *this = ListenerState();
    m_connectNs = connectNs;
}

bool ListenerState::take(const std::uint8_t *bytes, std::size_t size, std::int64_t now,
                         const ListenerRules &rules, Tally &tally)
{
    m_modulus = rules.modulus;
    tally.bytes += size;
    if (!m_inBody) {
        bool good = true;
        const std::size_t used = takeHead(bytes, size, good);
        if (!good) {
            ++tally.badHeads;
            return false;
        }
        bytes += used;
        size -= used;
    }
    if (size == 0)
        return true;
    if (m_firstByteNs == 0) {
        m_firstByteNs = now;
        tally.firstByte.add(now - m_connectNs);
    }
    m_newFrames = 0;
    takeBody(bytes, size, now, tally);
    for (std::size_t i = 0; i < m_players.size(); ++i) {
        Player &player = m_players[i];
        if (player.startNs != 0 && now - player.startNs > player.heldNs) {
            ++tally.underruns[i];
            player = {};
        }
        player.heldNs += m_newFrames * frameNs;
        if (player.startNs == 0 && player.heldNs >= rules.holdNs[i])
            player.startNs = now;
    }
    return true;
}

void ListenerState::finish(std::int64_t now, Tally &tally)
{
    for (std::size_t i = 0; i < m_players.size(); ++i) {
        if (m_players[i].startNs != 0 && now - m_players[i].startNs > m_players[i].heldNs)
            ++tally.underruns[i];
    }
}

std::size_t ListenerState::takeHead(const std::uint8_t *bytes, std::size_t size, bool &good)
{
    const std::size_t before = m_held;
    const std::size_t part = std::min(size, m_hold.size() - before);
    std::memcpy(m_hold.data() + before, bytes, part);
    const std::string_view head(reinterpret_cast<const char *>(m_hold.data()), before + part);
    const std::size_t end = head.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        m_held = static_cast<std::uint16_t>(before + part);
        good = m_held < m_hold.size();
        return part;
    }
    good = head.substr(0, 7) == "HTTP/1." && head.substr(8, 5) == " 200 ";
    if (const std::size_t at = head.find("icy-metaint:"); at < end)
        m_metaint = static_cast<std::uint32_t>(std::atoi(head.data() + at + 12));
    m_audioLeft = m_metaint;
    m_held = 0;
    m_inBody = true;
    return end + 4 - before;
}

void ListenerState::takeBody(const std::uint8_t *bytes, std::size_t size, std::int64_t now, Tally &tally)
{
    if (m_metaint == 0) {
        takeAudio(bytes, size, now, tally);
        return;
    }
    while (size > 0) {
        std::size_t used = 0;
        if (m_titleLeft > 0) {
            used = takeTitle(bytes, size, tally);
        } else if (m_audioLeft == 0) {
            m_titleLeft = std::uint32_t{bytes[0]} * 16;
            m_titleStarts = true;
            m_audioLeft = m_metaint;
            used = 1;
        } else {
            used = std::min<std::size_t>(size, m_audioLeft);
            takeAudio(bytes, used, now, tally);
            m_audioLeft -= static_cast<std::uint32_t>(used);
        }
        bytes += used;
        size -= used;
    }
}

std::size_t ListenerState::takeTitle(const std::uint8_t *bytes, std::size_t size, Tally &tally)
{
    constexpr std::string_view opening = "StreamTitle='";
    const std::size_t part = std::min<std::size_t>(size, m_titleLeft);
    if (m_titleStarts) {
        ++tally.titles;
        const std::size_t looked = std::min(part, opening.size());
        tally.badTitles += std::memcmp(bytes, opening.data(), looked) != 0;
    }
    m_titleStarts = false;
    m_titleLeft -= static_cast<std::uint32_t>(part);
    return part;
}

void ListenerState::takeAudio(const std::uint8_t *bytes, std::size_t size, std::int64_t now, Tally &tally)
{
    while (size > 0) {
        if (m_isLost && m_held == 0) {
            const void *found = std::memchr(bytes, 0xFF, size);
            if (!found)
                return;
            const auto skipped = static_cast<std::size_t>(static_cast<const std::uint8_t *>(found) - bytes);
            bytes += skipped;
            size -= skipped;
            m_isLost = false;
        }
        if (m_held == 0 && size >= frameBytes && beginsStamped(bytes)) {
            check(bytes, frameBytes, now, tally);
            bytes += frameBytes;
            size -= frameBytes;
            continue;
        }
        // Four bytes tell the length, then the rest.
        std::size_t wanted = 4;
        if (m_held >= 4)
            wanted = frameLength(m_hold.data());
        const std::size_t part = std::min(size, wanted - m_held);
        std::memcpy(m_hold.data() + m_held, bytes, part);
        m_held = static_cast<std::uint16_t>(m_held + part);
        bytes += part;
        size -= part;
        if (m_held < wanted)
            return;
        if (wanted == 4) {
            if (frameLength(m_hold.data()) == 0)
                lose(tally);
        } else {
            m_held = 0;
            check(m_hold.data(), wanted, now, tally);
        }
    }
}

void ListenerState::check(const std::uint8_t *frame, std::size_t length, std::int64_t now, Tally &tally)
{
    if (length != frameBytes || !beginsStamped(frame)) {
        // A server's own silence before the stamped frames is fine; in the midst of them it shows as a gap.
        ++tally.foreign;
        return;
    }
    const Stamp stamp = readFrame(frame);
    if (!stamp.isIntact) {
        lose(tally);
        return;
    }
    ++m_newFrames;
    ++tally.frames;
    if (m_hasNumber && stamp.number != m_expected) {
        const std::uint64_t ahead =
            m_modulus > 0 ? (stamp.number + m_modulus - m_expected) % m_modulus : stamp.number - m_expected;
        const std::uint64_t half = m_modulus > 0 ? m_modulus / 2 : std::uint64_t{1} << 34;
        if (ahead < half) {
            ++tally.gaps;
            tally.lost += ahead;
        } else {
            ++tally.duplicates;
        }
    }
    m_hasNumber = true;
    m_expected = stamp.number + 1;
    if (m_modulus > 0)
        m_expected %= m_modulus;
    // What was sent before the listener came is history (the burst).
    if (stamp.sentNs > m_connectNs)
        tally.latency.add(now - stamp.sentNs);
}

void ListenerState::lose(Tally &tally)
{
    m_held = 0;
    m_isLost = true;
    if (m_hasNumber)
        ++tally.torn;
    else
        ++tally.unaligned;
}

} // namespace bench
