// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/hcleditor.h"

#include "core/config/hclliteral.h"

#include <algorithm>

namespace cycast
{

namespace
{

QByteArray lineBreakOf(const QByteArray &text)
{
    const qsizetype feed = text.indexOf('\n');
    return feed > 0 && text[feed - 1] == '\r' ? "\r\n" : "\n";
}

} // namespace

HclEditor::HclEditor(const QByteArray &text, const HclValue &root)
    : m_text(text)
    , m_root(root)
    , m_lineBreak(lineBreakOf(text))
{
}

void HclEditor::replace(const HclValue &value, const QByteArray &literal)
{
    m_patches.append({value.begin, value.end - value.begin, literal});
}

void HclEditor::replaceList(const HclValue &list, const QStringList &before, const QStringList &after)
{
    const std::vector<HclValue> &elements = list.elements;
    const bool matches = qsizetype(elements.size()) == before.size();
    QList<qsizetype> kept;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (after.contains(before[i]))
            kept += i;
    }
    bool isPrefix = matches && !kept.isEmpty() && kept.size() <= after.size();
    for (qsizetype i = 0; isPrefix && i < kept.size(); ++i)
        isPrefix = before[kept[i]] == after[i];
    if (!isPrefix) {
        replace(list, hclLiteral(after));
        return;
    }
    QStringList added = after.sliced(kept.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (kept.contains(i))
            continue;
        const HclValue &element = elements[static_cast<size_t>(i)];
        const bool isTail = i > kept.last();
        if (isTail && !added.isEmpty())
            replace(element, hclQuoted(added.takeFirst()));
        else
            removeElement(list, static_cast<size_t>(i), isTail);
    }
    if (!added.isEmpty())
        appendElements(list, added);
}

void HclEditor::removeElement(const HclValue &list, size_t index, bool isTail)
{
    const HclValue &element = list.elements[index];
    qsizetype begin = element.begin;
    qsizetype end = element.end;
    bool sawComma = false;
    if (const qsizetype rest = restOfLine(end, &sawComma);
        !indentOf(begin).isNull() && isLineBreak(rest) && (sawComma || isTail)) {
        // Alone on its line: the line goes.
        begin = lineStart(begin);
        end = rest + (m_text.sliced(rest).startsWith("\r\n") ? 2 : 1);
    } else if (isTail) {
        // With the comma before it; what was removed there already reaches up to here.
        begin = list.elements[index - 1].end;
    } else {
        end = list.elements[index + 1].begin;
    }
    if (!m_patches.isEmpty() && m_patches.last().begin >= list.begin && m_patches.last().begin < list.end)
        begin = std::clamp(m_patches.last().begin + m_patches.last().length, begin, end);
    m_patches.append({begin, end - begin, {}});
}

void HclEditor::appendElements(const HclValue &list, const QStringList &added)
{
    const qsizetype last = list.elements.back().end;
    const QByteArray indent = indentOf(list.elements.back().begin);
    bool sawComma = false;
    const qsizetype rest = restOfLine(last, &sawComma);
    QByteArray text;
    if (indent.isNull() || !isLineBreak(rest)) {
        for (const QString &each : added)
            text += ", " + hclQuoted(each);
        insert(last, text);
        return;
    }
    for (const QString &each : added)
        text += (text.isEmpty() ? "" : ",") + m_lineBreak + indent + hclQuoted(each);
    if (sawComma)
        text += ',';
    else
        insert(last, ",");
    insert(rest, text);
}

void HclEditor::addKeys(const QString &block, const QList<std::pair<QString, QByteArray>> &keys)
{
    QByteArrayList lines;
    for (const auto &[name, literal] : keys)
        lines += name.toUtf8() + " = " + literal;
    const HclItem *found = nullptr;
    for (const HclItem &item : m_root.items) {
        if (item.name == block && item.labels.isEmpty() && item.value.kind == HclValue::Kind::Object)
            found = &item;
    }
    if (!found)
        addBlock(block, lines);
    else if (spansLines(found->value.begin, found->value.end))
        addToLines(*found, lines);
    else
        addToLine(found->value, lines);
}

void HclEditor::addToLine(const HclValue &body, const QByteArrayList &lines)
{
    const QByteArray joined = lines.join(", ");
    if (!body.items.empty()) {
        insert(body.items.back().value.end, ", " + joined);
        return;
    }
    const qsizetype inside = body.end - body.begin - 2;
    if (m_text.sliced(body.begin + 1, inside).trimmed().isEmpty())
        m_patches.append({body.begin + 1, inside, ' ' + joined + ' '});
    else
        insert(body.end - 1, joined + ' ');
}

void HclEditor::addToLines(const HclItem &block, const QByteArrayList &lines)
{
    const HclValue &body = block.value;
    QByteArray indent;
    for (const HclItem &item : body.items) {
        if (indent = indentOf(item.begin); !indent.isNull())
            break;
    }
    const QByteArray outer = indentOf(block.begin);
    if (indent.isNull())
        indent = outer + indentStep();
    QByteArray text;
    if (!body.items.empty()) {
        const qsizetype last = body.items.back().value.end;
        for (const QByteArray &line : lines)
            text += m_lineBreak + indent + line;
        const qsizetype rest = restOfLine(last);
        insert(isLineBreak(rest) ? rest : last, text);
        return;
    }
    for (const QByteArray &line : lines)
        text += indent + line + m_lineBreak;
    const qsizetype brace = body.end - 1;
    if (!indentOf(brace).isNull())
        insert(lineStart(brace), text);
    else
        insert(brace, m_lineBreak + text + outer);
}

void HclEditor::addBlock(const QString &name, const QByteArrayList &lines)
{
    const bool isBlank = m_text.isEmpty() || m_text == "\xEF\xBB\xBF" || m_text.trimmed().isEmpty();
    QByteArray text;
    if (!isBlank && !isLineBreak(m_text.size() - 1))
        text += m_lineBreak;
    if (!isBlank)
        text += m_lineBreak;
    text += name.toUtf8() + " {" + m_lineBreak;
    for (const QByteArray &line : lines)
        text += indentStep() + line + m_lineBreak;
    insert(m_text.size(), text + '}' + m_lineBreak);
}

QByteArray HclEditor::result() const
{
    QList<Patch> patches = m_patches;
    std::stable_sort(patches.begin(), patches.end(),
                     [](const Patch &a, const Patch &b) { return a.begin < b.begin; });
    QByteArray out;
    qsizetype done = 0;
    for (const Patch &patch : std::as_const(patches)) {
        out += m_text.sliced(done, patch.begin - done);
        out += patch.bytes;
        done = patch.begin + patch.length;
    }
    return out + m_text.sliced(done);
}

bool HclEditor::spansLines(qsizetype begin, qsizetype end) const
{
    const auto from = m_text.cbegin() + begin;
    const auto to = m_text.cbegin() + end;
    return std::any_of(from, to, [](char c) { return c == '\n' || c == '\r'; });
}

qsizetype HclEditor::lineStart(qsizetype offset) const
{
    while (offset > 0 && !isLineBreak(offset - 1))
        --offset;
    return offset;
}

QByteArray HclEditor::indentOf(qsizetype offset) const
{
    qsizetype start = lineStart(offset);
    if (start == 0 && m_text.startsWith("\xEF\xBB\xBF"))
        start = 3;
    const QByteArray before = m_text.sliced(start, offset - start);
    if (!before.trimmed().isEmpty())
        return {};
    return before.isNull() ? QByteArray("") : before;
}

QByteArray HclEditor::indentStep() const
{
    for (const HclItem &block : m_root.items) {
        const QByteArray outer = indentOf(block.begin);
        for (const HclItem &item : block.value.items) {
            const QByteArray inner = indentOf(item.begin);
            if (!outer.isNull() && inner.size() > outer.size() && inner.startsWith(outer))
                return inner.sliced(outer.size());
        }
    }
    return "  ";
}

qsizetype HclEditor::restOfLine(qsizetype offset, bool *sawComma) const
{
    bool comma = false;
    while (offset < m_text.size() && !isLineBreak(offset)) {
        const char c = m_text[offset];
        const char next = offset + 1 < m_text.size() ? m_text[offset + 1] : '\0';
        if (c == '#' || (c == '/' && next == '/')) {
            while (offset < m_text.size() && !isLineBreak(offset))
                ++offset;
        } else if (c == '/' && next == '*') {
            offset = m_text.indexOf("*/", offset + 2) + 2;
        } else if (c == ' ' || c == '\t' || (c == ',' && !comma)) {
            comma = comma || c == ',';
            ++offset;
        } else {
            break;
        }
    }
    if (sawComma)
        *sawComma = comma;
    return offset;
}

bool HclEditor::isLineBreak(qsizetype offset) const
{
    return offset < m_text.size() && (m_text[offset] == '\n' || m_text[offset] == '\r');
}

} // namespace cycast
