// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QVariant>
#include <QWidget>

namespace cycast
{

/// Edits one value of the field table. What has not been edited comes back exactly as it was given, even
/// where the widget shows it rounded. Out-of-range numbers can be typed: a sentence beside the field says so,
/// nothing is bent silently.
class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    /// The right editor for the field, with accessible names; never null.
    static SettingEditor *make(const SettingField &field, QWidget *parent);

    QVariant value() const;
    bool isEdited() const { return m_given.isValid() && value() != m_given; }
    /// The value in force: from here on the field counts as not edited.
    void setValue(const QVariant &value);
    /// The same as typing it.
    void propose(const QVariant &value);

    /// What the label's buddy and the first Tab go to.
    QWidget *input() const { return m_input; }
    virtual void setDescription(const QString &description);
    /// For "automatic": what it comes to now.
    virtual void showAutomatic(double) {}

signals:
    void edited();

protected:
    explicit SettingEditor(QWidget *parent)
        : QWidget(parent)
    {
    }
    void setInput(QWidget *input, const QString &accessibleName);
    virtual QVariant read() const = 0;
    virtual void write(const QVariant &value) = 0;
    /// A wheel that scrolls the page never turns a number.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QVariant m_given; ///< as in force
    QVariant m_shown; ///< what read() said right after
    QWidget *m_input = nullptr;
};

namespace settingeditors
{
SettingEditor *makeNumber(const SettingField &field, QWidget *parent);
SettingEditor *makeSwitch(const SettingField &field, QWidget *parent);
SettingEditor *makeChoice(const SettingField &field, QWidget *parent);
SettingEditor *makeText(const SettingField &field, QWidget *parent);
SettingEditor *makeList(const SettingField &field, QWidget *parent);
} // namespace settingeditors

} // namespace cycast
