<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("chatgovernance.requestTitle")}
    <#elseif section = "form">
        <form class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <p class="instruction">${msg("chatgovernance.requestWords")}</p>
            <fieldset class="${properties.kcFormGroupClass!}" style="border: 0; margin: 0; padding: 0">
                <legend class="${properties.kcLabelClass!}">${msg("chatgovernance.requestTargets")}</legend>
                <div style="max-height: 16em; overflow-y: auto">
                    <#list requestables as target>
                        <label style="display: flex; gap: .5em; align-items: baseline; margin: .4em 0; overflow-wrap: anywhere">
                            <input type="checkbox" name="target" value="${target.id}" <#if target.checked == "true">checked</#if>/>
                            <span>${target.name}<#if target.description?has_content><br/><small>${target.description}</small></#if></span>
                        </label>
                    </#list>
                </div>
            </fieldset>
            <div class="${properties.kcFormGroupClass!}">
                <label for="length" class="${properties.kcLabelClass!}">${msg("chatgovernance.requestLength")}</label>
                <select id="length" name="length" style="width: 100%; padding: .4em">
                    <#list lengths as each>
                        <option value="${each}" <#if each == length>selected</#if>>${msg("chatgovernance.length." + each)}</option>
                    </#list>
                </select>
            </div>
            <div class="${properties.kcFormGroupClass!}">
                <label for="reason" class="${properties.kcLabelClass!}">${msg("chatgovernance.requestReason")}</label>
                <textarea id="reason" name="reason" rows="3" maxlength="1000" style="width: 100%; padding: .4em">${reason}</textarea>
            </div>
            <input class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" value="${msg("chatgovernance.requestSend")}"/>
            <input class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}" type="submit" name="skip" value="${msg("chatgovernance.requestSkip")}"/>
        </form>
    </#if>
</@layout.registrationLayout>
