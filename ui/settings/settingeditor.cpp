// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditor.h"

#include "ui/settings/settingtexts.h"

#include <QEvent>

namespace cycast
{

SettingEditor *SettingEditor::make(const SettingField &field, QWidget *parent)
{
    switch (field.type) {
    case QMetaType::Int:
    case QMetaType::Double:
        return settingeditors::makeNumber(field, parent);
    case QMetaType::Bool:
        return settingeditors::makeSwitch(field, parent);
    case QMetaType::QStringList:
        return settingeditors::makeList(field, parent);
    default:
        return settingtexts::choices(field).isEmpty() ? settingeditors::makeText(field, parent)
                                                      : settingeditors::makeChoice(field, parent);
    }
}

QVariant SettingEditor::value() const
{
    const QVariant now = read();
    return now == m_shown ? m_given : now;
}

void SettingEditor::setValue(const QVariant &value)
{
    m_given = value;
    write(value);
    m_shown = read();
}

void SettingEditor::propose(const QVariant &value)
{
    if (value == m_given)
        setValue(value);
    else
        write(value);
    emit edited();
}

void SettingEditor::setDescription(const QString &description)
{
    if (m_input->accessibleDescription() != description)
        m_input->setAccessibleDescription(description);
}

void SettingEditor::setInput(QWidget *input, const QString &accessibleName)
{
    m_input = input;
    m_input->setAccessibleName(accessibleName);
    m_input->setFocusPolicy(Qt::StrongFocus);
    m_input->installEventFilter(this);
    setFocusProxy(input);
}

bool SettingEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && watched == m_input && !m_input->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cycast
